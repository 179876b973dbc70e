/** GET /users/:id: one user. */
import { defineEndpoint } from '../endpoint.ts'
import { ProblemSchema, sendProblem } from '../problem.ts'
import { UserPathSchema, UserSchema, parseUserId } from '../users.ts'

export default defineEndpoint({
  name: 'users-read',
  summary: 'One user by its id.',
  method: 'GET',
  url: '/users/:id',
  lasting: true,
  schema: { params: UserPathSchema, response: { 200: UserSchema, 404: ProblemSchema } },
  handler:
    ({ database }) =>
    async (request, reply) => {
      const id = parseUserId(request.params.id)
      const user = id === undefined ? undefined : await database.readUser(id)
      return user ?? sendProblem(reply, 404)
    },
})
