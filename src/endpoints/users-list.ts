/** GET /users?after=ID&limit=N: a page of users, by id. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'
import { ProblemSchema } from '../problem.ts'
import { UserSchema, parseUserId } from '../users.ts'

export default defineEndpoint({
  name: 'users-list',
  summary: 'A page of users, by id: ask on with the last id of the page before.',
  method: 'GET',
  url: '/users',
  schema: {
    querystring: Type.Object({
      after: Type.Optional(
        Type.String({
          pattern: '^[0-9]+$',
          description: 'Users with greater ids; 0 if not given.',
        }),
      ),
      limit: Type.Optional(
        Type.String({
          pattern: '^([1-9][0-9]?|100)$',
          description: 'At most so many users, from 1 to 100; 20 if not given.',
        }),
      ),
    }),
    response: { 200: Type.Array(UserSchema), 422: ProblemSchema },
  },
  handler:
    ({ database }) =>
    (request) => {
      const { after = '0', limit = '20' } = request.query
      const id = parseUserId(after)
      // No user comes after the greatest id; asking would be an error of the database.
      return id === undefined ? [] : database.listUsers(id, Number(limit))
    },
})
