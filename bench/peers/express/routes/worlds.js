/** Routes on table world. */
import express from 'express'
import { LRUCache } from 'lru-cache'
import { parseCount } from '../count.js'

const worldRows = 10_000
const counts = { max: 500, bad: 1 }

const randomWorldId = () => 1 + Math.floor(Math.random() * worldRows)
const randomWorldIds = (count) => Array.from({ length: count }, randomWorldId)

/** All different, ascending: of two requests that update the same rows, neither waits for the other in a circle. */
function differentWorldIds(count) {
  const ids = new Set()
  while (ids.size < count) ids.add(randomWorldId())
  return [...ids].toSorted((one, other) => one - other)
}

/** Not the old one: a number that stayed could not be told from one that was never written. */
const otherRandomNumber = (old) =>
  1 + ((old + Math.floor(Math.random() * (worldRows - 1))) % worldRows)

/** @returns the cache of all rows, filled when it is first asked for */
function makeWorldCache(database) {
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
  return async () => {
    await (filling ??= fill())
    return cache
  }
}

export function worldRoutes({ routing, database, lists }) {
  const router = express.Router(routing)
  const filledCache = makeWorldCache(database)

  router.get('/db', async (req, res) => {
    res.json(await database.readWorld(randomWorldId()))
  })

  router.get('/queries', async (req, res) => {
    const ids = randomWorldIds(parseCount(req.query.queries, counts))
    lists.worlds(res, await database.readWorlds(ids))
  })

  router.get('/updates', async (req, res) => {
    const ids = differentWorldIds(parseCount(req.query.queries, counts))
    const worlds = (await database.readWorlds(ids)).map(({ id, randomNumber }) => ({
      id,
      randomNumber: otherRandomNumber(randomNumber),
    }))
    await database.updateWorlds(worlds)
    lists.worlds(res, worlds)
  })

  router.get('/cached-queries', async (req, res) => {
    const cache = await filledCache()
    const ids = randomWorldIds(parseCount(req.query.count, counts))
    lists.worlds(
      res,
      ids.map((id) => cache.get(id)),
    )
  })

  return router
}
