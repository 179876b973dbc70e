/** Reads the environment, listens, and closes on SIGTERM and SIGINT. */
import { createServer } from 'node:http'
import pino from 'pino'
import { createApp } from './app.js'
import { makeAuthenticate } from './auth.js'
import { openPool } from './database/pool.js'
import { makeOperations } from './database/operations.js'
import { parseTarget } from './target.js'
import { makeUpstream } from './upstream.js'

const { DATABASE_URL, HOST = '127.0.0.1', PORT = '3000', UPSTREAM_URL, JWT_SECRET } = process.env

const connections = openPool(DATABASE_URL)

const app = createApp({
  database: makeOperations(connections),
  upstream: makeUpstream(UPSTREAM_URL),
  authenticate: makeAuthenticate(JWT_SECRET),
  journal: pino({ base: null }),
  parseTarget,
})

const server = createServer(app).listen(Number(PORT), HOST, () => {
  console.log(`node:http listens on http://${HOST}:${PORT}`)
})

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    server.close(() => connections.close())
  })
}
