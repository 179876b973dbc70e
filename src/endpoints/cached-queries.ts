/** GET /cached-queries?count=N: N random rows of `world` from a cache that is filled once. */
import { Type } from '@sinclair/typebox'
import { parseCount } from '../count.ts'
import type { World } from '../database.ts'
import { defineEndpoint } from '../endpoint.ts'
import { WorldSchema, randomWorldId, worldCounts, worldRows } from '../world.ts'

export default defineEndpoint({
  name: 'cached-queries',
  summary: 'As many random rows of `world` as asked for, from a cache filled by the first request.',
  method: 'GET',
  url: '/cached-queries',
  lenientQuery: { count: '1 to 500 rows: more are 500, anything else is 1.' },
  schema: { response: { 200: Type.Array(WorldSchema) } },
  handler: ({ database, makeCache }) => {
    const cache = makeCache<World>(worldRows)
    let filled = false
    let filling: Promise<void> | undefined
    const fill = async (): Promise<void> => {
      try {
        for (const world of await database.listWorlds()) cache.set(world.id, world)
        filled = true
      } finally {
        // After a failure the next request tries again.
        filling = undefined
      }
    }
    const draw = (): World => {
      const id = randomWorldId()
      const world = cache.get(id)
      if (world === undefined) throw new Error(`the cache lost row ${id} of table world`)
      return world
    }
    return async (request) => {
      const { count } = request.query as { count?: unknown }
      if (!filled) await (filling ??= fill())
      return Array.from({ length: parseCount(count, worldCounts) }, draw)
    }
  },
})
