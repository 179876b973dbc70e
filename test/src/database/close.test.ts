/** The server stops while its first connections are still being opened, for clients that have gone. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { startApp } from '../../helpers/start-app.ts'
import { connectionsLeft, openTestPostgres } from '../../helpers/test-postgres.ts'

const specs = [
  'baseline',
  'baseline+connection-per-request',
  'baseline+pipelined-queries',
  'baseline+postgres-js',
  'baseline+postgres-js+connection-per-request',
  'baseline+postgres-js+pipelined-queries+prepared-statements',
  'baseline+blocking-call',
  'baseline+blocking-call+postgres-js',
]

const clients = 8
const deadlineMs = 4000

const { postgres, admin } = await openTestPostgres(t)

for (const spec of specs) {
  t.test(`${spec}: it closes while it connects`, async (t) => {
    const databaseUrl = await postgres.createDatabase(spec)
    const { app, url, stop } = await startApp(t, spec, databaseUrl)
    let asked = 0
    const allAsked = new Promise<void>((resolve) => {
      app.server.on('request', () => ++asked === clients && resolve())
    })
    const sockets = Array.from({ length: clients }, () => connect(Number(url.port), url.hostname))
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    for (const socket of sockets) socket.write('GET /queries?queries=3 HTTP/1.1\r\nHost: x\r\n\r\n')
    await allAsked
    for (const socket of sockets) socket.destroy()
    const stopped = stop().then(() => 'closed')
    t.equal(await Promise.race([stopped, sleep(deadlineMs, 'hangs', { ref: false })]), 'closed')
    t.equal(await connectionsLeft(admin, databaseUrl), 0)
  })
}
