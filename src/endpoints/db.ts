/** GET /db: one random row of `world`. */
import { defineEndpoint } from '../endpoint.ts'
import { WorldSchema, randomWorldId } from '../world.ts'

export default defineEndpoint({
  name: 'db',
  summary: 'One random row of `world`.',
  method: 'GET',
  url: '/db',
  schema: { response: { 200: WorldSchema } },
  handler:
    ({ database }) =>
    () =>
      database.readWorld(randomWorldId()),
})
