/** Routes that show texts: as a page of HTML, and as JSON. */
import { parseCount } from '../count.js'
import { send, sendJson } from '../respond.js'

export const pageRoutes = ({ database, serializers, renderFortunes }) => ({
  'GET /fortunes': async ({ res }) => {
    const fortunes = await database.listFortunes()
    fortunes.push({ id: 0, message: 'Additional fortune added at request time.' })
    fortunes.sort((one, other) => (one.message < other.message ? -1 : 1))
    send(res, 200, 'text/html; charset=utf-8', renderFortunes({ fortunes }))
  },

  'GET /posts': async ({ res, query }) => {
    const limit = parseCount(query.get('limit'), { max: 100, bad: 100 })
    sendJson(res, await database.listPosts(limit), { stringify: serializers.posts })
  },
})
