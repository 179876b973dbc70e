/** A server that answers rightly on the port of a contender, and is not the contender. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { listenersAreVisible } from '../../../bench/sockets.ts'
import { ownHome } from '../../helpers/own-home.ts'
import { peerFolder } from '../../helpers/peer-folder.ts'
import { blocksIn, startGapwise } from '../../helpers/spawn-bench.ts'

const skip = listenersAreVisible() ? false : 'this system does not tell who listens'

/** Asks the test to listen in its place, and lives on. */
const idleCode = `
const { TAKE, PORT } = process.env
setInterval(() => {}, 1000)
await fetch(TAKE + PORT)
`

const listen = async (t: Test, server: Server, port = 0): Promise<number> => {
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

t.test('a stale server on the port is never measured', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  // One for each port: the bench tries others before it gives up.
  const stale = (): Server =>
    createServer((_request, response) => {
      response.setHeader('Server', 'stale').setHeader('Content-Type', 'application/json')
      response.end('{"message":"Hello, World!"}')
    })
  const taker = createServer((request, response) => {
    void listen(t, stale(), Number(request.url?.slice(1))).then(() => response.end())
  })
  const port = await listen(t, taker)
  const folder = peerFolder(t, idleCode, { TAKE: `http://127.0.0.1:${port}/` })
  const out = join(folder, 'result.json')
  const bench = startGapwise(
    t,
    home,
    ['bench', 'baseline', folder, '--workload', 'json'].concat('--budget', '12s', '--out', out),
  )
  t.equal(await bench.ended, 5)
  t.match(bench.err(), new RegExp(`\\nSTALE_SERVER: [^]*process ${process.pid}\\b`), 'is named')
  t.equal(bench.out(), '')
  t.equal(blocksIn(out), undefined, 'no file without a block')
  t.strictSame(await home.untilClean(), [])
})
