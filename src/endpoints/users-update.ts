/** PUT /users/:id: replaces a user's fields. */
import { defineEndpoint } from '../endpoint.ts'
import { ProblemSchema, bodyProblems, sendProblem } from '../problem.ts'
import { UserFieldsSchema, UserPathSchema, UserSchema, parseUserId } from '../users.ts'

export default defineEndpoint({
  name: 'users-update',
  summary: "Replace a user's fields; 409 when the name or e-mail address is another user's.",
  method: 'PUT',
  url: '/users/:id',
  schema: {
    params: UserPathSchema,
    body: UserFieldsSchema,
    response: { 200: UserSchema, 404: ProblemSchema, 409: ProblemSchema, ...bodyProblems },
  },
  handler:
    ({ database }) =>
    async (request, reply) => {
      const id = parseUserId(request.params.id)
      const user = id === undefined ? undefined : await database.updateUser(id, request.body)
      return user ?? sendProblem(reply, 404)
    },
})
