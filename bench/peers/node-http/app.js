/** Finds the route of each request, and answers what goes wrong with a problem document. */
import { Problem, sendProblem } from './respond.js'
import { basicRoutes } from './routes/basic.js'
import { checkoutRoutes } from './routes/checkout.js'
import { linkRoutes } from './routes/links.js'
import { pageRoutes } from './routes/pages.js'
import { userRoutes } from './routes/users.js'
import { worldRoutes } from './routes/worlds.js'

/**
 * @param parts database, upstream, authenticate, journal, and parseTarget, which reads a request's target
 * @returns a listener for http.createServer
 */
export function createApp(parts) {
  const routes = new Map(
    Object.entries({
      ...basicRoutes(parts),
      ...worldRoutes(parts),
      ...pageRoutes(parts),
      ...userRoutes(parts),
      ...linkRoutes(parts),
      ...checkoutRoutes(parts),
    }),
  )

  /** The route of a path, or of all paths that differ in their last part. */
  const find = (method, path) => {
    const whole = routes.get(`${method} ${path}`)
    if (whole !== undefined) return { route: whole }
    const at = path.lastIndexOf('/') + 1
    return { route: routes.get(`${method} ${path.slice(0, at)}:`), param: path.slice(at) }
  }

  const answer = async (req, res) => {
    const { path, query } = parts.parseTarget(req.url)
    // HEAD is GET whose body node:http leaves out.
    const { route, param } = find(req.method === 'HEAD' ? 'GET' : req.method, path)
    if (route === undefined) throw new Problem(404)
    await route({ req, res, query, param })
  }

  return (req, res) => {
    answer(req, res).catch((error) => {
      if (!(error instanceof Problem)) console.error(error)
      sendProblem(res, error instanceof Problem ? error : new Problem(500))
    })
  }
}
