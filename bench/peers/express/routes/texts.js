/** Routes that show texts: as a page of HTML, and as JSON. */
import express from 'express'
import { parseCount } from '../count.js'

export function textRoutes({ routing, database, lists, sendFortunes }) {
  const router = express.Router(routing)

  router.get('/fortunes', async (req, res) => {
    const fortunes = await database.listFortunes()
    fortunes.push({ id: 0, message: 'Additional fortune added at request time.' })
    fortunes.sort((one, other) => (one.message < other.message ? -1 : 1))
    sendFortunes(res, fortunes)
  })

  router.get('/posts', async (req, res) => {
    const limit = parseCount(req.query.limit, { max: 100, bad: 100 })
    lists.posts(res, await database.listPosts(limit))
  })

  return router
}
