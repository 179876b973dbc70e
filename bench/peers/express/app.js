/** The app: what stands before the routes, the routes, and what answers when something went wrong. */
import express from 'express'
import { notFound, sendProblem } from './errors.js'
import { basicRoutes } from './routes/basic.js'
import { checkoutRoutes } from './routes/checkout.js'
import { fanoutRoutes } from './routes/fanout.js'
import { linkRoutes } from './routes/links.js'
import { textRoutes } from './routes/texts.js'
import { userRoutes } from './routes/users.js'
import { worldRoutes } from './routes/worlds.js'

/**
 * @param level what the levels do differently: `configure(app)`, `routing` (options of every router),
 *   `readBody` (middleware of the routes that take a body), `compileCheck`, `lists`, `sendUser` and `sendFortunes`
 * @param parts what the routes work with: `database`, `upstream`, `authenticate` and `journal`
 */
export function createApp(level, parts) {
  const app = express()
  app.use((req, res, next) => {
    res.set('Server', 'express')
    next()
  })
  level.configure(app)

  const all = { ...level, ...parts }
  app.use(basicRoutes(all))
  app.use(worldRoutes(all))
  app.use(textRoutes(all))
  app.use(linkRoutes(all))
  app.use(fanoutRoutes(all))
  app.use('/checkout', checkoutRoutes(all))
  app.use('/users', userRoutes(all))

  app.use(notFound)
  app.use(sendProblem)
  return app
}
