/** DELETE /users/:id: removes a user. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'
import { ProblemSchema, sendProblem } from '../problem.ts'
import { UserPathSchema, parseUserId } from '../users.ts'

export default defineEndpoint({
  name: 'users-delete',
  summary: 'Remove a user.',
  method: 'DELETE',
  url: '/users/:id',
  schema: { params: UserPathSchema, response: { 204: Type.Null(), 404: ProblemSchema } },
  handler:
    ({ database }) =>
    async (request, reply) => {
      const id = parseUserId(request.params.id)
      const deleted = id !== undefined && (await database.deleteUser(id))
      return deleted ? reply.code(204).send() : sendProblem(reply, 404)
    },
})
