/** GET /queries?queries=N: N random rows of `world`, each read by a statement of its own. */
import { Type } from '@sinclair/typebox'
import { parseCount } from '../count.ts'
import { defineEndpoint } from '../endpoint.ts'
import { WorldSchema, randomWorldId, worldCounts } from '../world.ts'

export default defineEndpoint({
  name: 'queries',
  summary: 'As many random rows of `world` as asked for, each read by a statement of its own.',
  method: 'GET',
  url: '/queries',
  lenientQuery: { queries: '1 to 500 rows: more are 500, anything else is 1.' },
  schema: { response: { 200: Type.Array(WorldSchema) } },
  handler:
    ({ database }) =>
    (request) => {
      const { queries } = request.query as { queries?: unknown }
      const ids = Array.from({ length: parseCount(queries, worldCounts) }, randomWorldId)
      return database.readWorlds(ids)
    },
})
