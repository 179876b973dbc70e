/** POST /users: makes a user. */
import { defineEndpoint } from '../endpoint.ts'
import { ProblemSchema, bodyProblems } from '../problem.ts'
import { UserFieldsSchema, UserSchema } from '../users.ts'

export default defineEndpoint({
  name: 'users-create',
  summary: 'Make a user; 409 when its name or e-mail address is taken.',
  method: 'POST',
  url: '/users',
  locationPattern: '^/users/[1-9][0-9]{0,9}$',
  schema: {
    body: UserFieldsSchema,
    response: { 201: UserSchema, 409: ProblemSchema, ...bodyProblems },
  },
  handler:
    ({ database }) =>
    async (request, reply) => {
      const user = await database.createUser(request.body)
      reply.code(201).header('location', `/users/${user.id}`)
      return user
    },
})
