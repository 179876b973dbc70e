/** Routes on table world. */
import { LRUCache } from 'lru-cache'
import { parseCount } from '../count.js'
import { sendJson } from '../respond.js'

const worldRows = 10_000
const counts = { max: 500, bad: 1 }

const randomWorldId = () => 1 + Math.floor(Math.random() * worldRows)

/** All different, ascending. */
function randomWorldIds(count) {
  const ids = new Set()
  while (ids.size < count) ids.add(randomWorldId())
  return [...ids].toSorted((one, other) => one - other)
}

/** Not the old one: a number that stayed could not be told from one that was never written. */
const otherRandomNumber = (old) =>
  1 + ((old + Math.floor(Math.random() * (worldRows - 1))) % worldRows)

export function worldRoutes({ database, serializers }) {
  const cache = new LRUCache({ max: worldRows })
  let filling
  const fill = async () => {
    try {
      for (const world of await database.listWorlds()) cache.set(world.id, world)
    } catch (error) {
      // The next request tries again.
      filling = undefined
      throw error
    }
  }

  const sendWorlds = (res, worlds) => sendJson(res, worlds, { stringify: serializers.worlds })

  return {
    'GET /db': async ({ res }) => sendJson(res, await database.readWorld(randomWorldId())),

    'GET /queries': async ({ res, query }) => {
      const count = parseCount(query.get('queries'), counts)
      sendWorlds(res, await database.readWorlds(Array.from({ length: count }, randomWorldId)))
    },

    'GET /updates': async ({ res, query }) => {
      const ids = randomWorldIds(parseCount(query.get('queries'), counts))
      const worlds = (await database.readWorlds(ids)).map(({ id, randomNumber }) => ({
        id,
        randomNumber: otherRandomNumber(randomNumber),
      }))
      await database.updateWorlds(worlds)
      sendWorlds(res, worlds)
    },

    'GET /cached-queries': async ({ res, query }) => {
      await (filling ??= fill())
      const count = parseCount(query.get('count'), counts)
      sendWorlds(
        res,
        Array.from({ length: count }, () => cache.get(randomWorldId())),
      )
    },
  }
}
