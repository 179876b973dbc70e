import { once } from 'node:events'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import t, { type Test } from 'tap'
import { freePort, listenersAt, listenersAreVisible } from '../../../bench/sockets.ts'

const skip = listenersAreVisible() ? false : 'this system has no /proc'

const skip6 =
  skip ||
  (Object.values(networkInterfaces())
    .flat()
    .some((entry) => entry?.address === '::1')
    ? false
    : 'this system has no ::1')

async function listen(t: Test, host: string): Promise<number> {
  const server = createServer()
  t.teardown(() => server.close())
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}

t.test('a listening socket is traced to the process that holds it', { skip }, async (t) => {
  const port = await listen(t, '127.0.0.1')
  t.same(
    listenersAt('127.0.0.1', port).map(({ pids }) => pids),
    [[process.pid]],
  )
})

t.test('a socket bound to another address is not taken for it', { skip }, async (t) => {
  const port = await listen(t, '127.0.0.2')
  t.same(listenersAt('127.0.0.1', port), [])
  t.equal(listenersAt('127.0.0.2', port).length, 1)
})

t.test('a socket bound to all addresses counts for each of them', { skip }, async (t) => {
  const port = await listen(t, '0.0.0.0')
  t.equal(listenersAt('127.0.0.1', port).length, 1)
})

t.test(
  'a socket of the more exact address comes before one of all addresses',
  { skip },
  async (t) => {
    const exact = createServer()
    const all = createServer()
    t.teardown(() => exact.close())
    t.teardown(() => all.close())
    const port = await freePort()
    exact.listen({ port, host: '127.0.0.1', reusePort: true })
    await once(exact, 'listening')
    all.listen({ port, host: '0.0.0.0', reusePort: true })
    await once(all, 'listening')
    t.equal(listenersAt('127.0.0.1', port).length, 1)
    t.equal(listenersAt('127.0.0.3', port).length, 1)
    t.not(listenersAt('127.0.0.1', port)[0]?.inode, listenersAt('127.0.0.3', port)[0]?.inode)
  },
)

t.test('addresses of family 6 are found too', { skip: skip6 }, async (t) => {
  const port = await listen(t, '::1')
  t.equal(listenersAt('::1', port).length, 1)
  t.same(listenersAt('127.0.0.1', port), [])
})

t.test(
  'a socket of family 6 for all addresses takes connections of family 4',
  { skip },
  async (t) => {
    const port = await listen(t, '::')
    t.equal(listenersAt('127.0.0.1', port).length, 1)
  },
)

t.test('a free port can be listened on and is not held any more', async (t) => {
  const port = await freePort()
  t.same(listenersAt('127.0.0.1', port), [])
  const server = createServer()
  t.teardown(() => server.close())
  server.listen(port, '127.0.0.1')
  await t.resolves(once(server, 'listening'))
})
