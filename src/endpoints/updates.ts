/** GET /updates?queries=N: N random rows of `world`, each read, given a new number and written back. */
import { Type } from '@sinclair/typebox'
import { parseCount } from '../count.ts'
import { defineEndpoint } from '../endpoint.ts'
import { WorldSchema, otherRandomNumber, randomWorldIds, worldCounts } from '../world.ts'

export default defineEndpoint({
  name: 'updates',
  summary:
    'As many random rows of `world` as asked for, each read, given a new number and written.',
  method: 'GET',
  url: '/updates',
  lenientQuery: { queries: '1 to 500 rows: more are 500, anything else is 1.' },
  schema: { response: { 200: Type.Array(WorldSchema) } },
  handler:
    ({ database }) =>
    async (request) => {
      const { queries } = request.query as { queries?: unknown }
      const old = await database.readWorlds(randomWorldIds(parseCount(queries, worldCounts)))
      const worlds = old.map(({ id, randomNumber }) => ({
        id,
        randomNumber: otherRandomNumber(randomNumber),
      }))
      await database.updateWorlds(worlds)
      return worlds
    },
})
