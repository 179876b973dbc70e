/** Listens, and closes on SIGTERM and SIGINT; the parts of the app are the level's business. */
import { createServer } from 'node:http'
import pino from 'pino'
import { createApp } from './app.js'
import { makeAuthenticate } from './auth.js'
import { makeOperations } from './database/operations.js'

const { DATABASE_URL, HOST = '127.0.0.1', PORT = '3000', UPSTREAM_URL, JWT_SECRET } = process.env

/**
 * @param level serverOptions (of createServer), openPool, operations (those that differ from the quick start's),
 *   makeUpstream, parseTarget, serializers and renderFortunes
 */
export function serve({ serverOptions = {}, openPool, operations, makeUpstream, ...level }) {
  const connections = openPool(DATABASE_URL)
  const app = createApp({
    ...level,
    database: { ...makeOperations(connections), ...operations(connections) },
    upstream: makeUpstream(UPSTREAM_URL),
    authenticate: makeAuthenticate(JWT_SECRET),
    journal: pino({ base: null }),
  })
  const server = createServer(serverOptions, app).listen(Number(PORT), HOST, () => {
    console.log(`node:http listens on http://${HOST}:${PORT}`)
  })
  let closing = false
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      if (closing) return
      closing = true
      // close() ends what is idle now; what becomes idle after its last answer would stay for five seconds.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      server.close(async () => {
        clearInterval(sweep)
        await connections.close()
        // Where a cluster's primary has started this process, its channel would keep it alive.
        if (process.connected) process.disconnect()
      })
    })
  }
}
