import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import t, { type Test } from 'tap'
import { request } from 'undici'
import type { Contender, Running } from '../../../bench/contender.ts'
import { peerContender } from '../../../bench/contenders/peer.ts'
import { jwtSecret } from '../../../bench/data/token.ts'
import { loadPeer } from '../../../bench/peer.ts'
import { freePort, listenersAreVisible } from '../../../bench/sockets.ts'
import { type FakeSupervisor, fakeSupervisor } from './fixtures/fake-supervisor.ts'

const skip = listenersAreVisible() ? false : 'this system has no /proc'
const serverCode = readFileSync(new URL('fixtures/server.js', import.meta.url), 'utf8')
const clusterCode = readFileSync(new URL('fixtures/cluster.js', import.meta.url), 'utf8')

/** A folder with a peer in it, and what it takes to start it. */
async function build(
  t: Test,
  {
    code = serverCode,
    ports,
    main = 'server.js',
  }: { code?: string; ports?: number[]; main?: string } = {},
): Promise<{ contender: Contender; supervisor: FakeSupervisor; start: () => Promise<Running> }> {
  const folder = t.testdir({
    'package.json': '{ "type": "module" }',
    'server.js': code,
    'cluster.js': clusterCode,
    'peer.json': JSON.stringify({
      name: 'mine',
      language: 'JavaScript',
      framework: 'none',
      summary: 'A peer for tests.',
      versions: { mine: '1.2.3' },
      requires: [],
      endpoints: ['plaintext'],
      levels: { default: { summary: 'One.', start: ['node', main], env: { GREETING: 'hello' } } },
    }),
  })
  const supervisor = fakeSupervisor()
  t.teardown(() => supervisor[Symbol.asyncDispose]())
  const left = [...(ports ?? [])]
  const contender = peerContender(await loadPeer(folder), 'default', {
    choosePort: async () => left.shift() ?? (await freePort()),
  })
  const start = (): Promise<Running> =>
    contender.start({ supervisor, databaseUrl: 'postgres://db/mine' })
  return { contender, supervisor, start }
}

/** Another server that holds a port and answers as the peer would. */
async function staleServer(t: Test): Promise<number> {
  const server = createServer((_request, response) => response.end('Hello, World!'))
  t.teardown(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}

t.test('a peer is started with its address and database in the environment', async (t) => {
  const { contender, supervisor, start } = await build(t)
  const running = await start()
  const { body } = await request(new URL('/plaintext', running.url), { reset: true })
  t.equal(await body.text(), 'Hello, World!')
  t.match(supervisor.specs, [
    {
      command: process.execPath,
      env: {
        PORT: running.url.port,
        HOST: '127.0.0.1',
        DATABASE_URL: 'postgres://db/mine',
        GREETING: 'hello',
      },
    },
  ])
  t.same(contender.versions, { node: process.version, mine: '1.2.3' })
  t.match(contender, { kind: 'peer', fresh: true, endpoints: ['plaintext'], toggles: {} })
  await t.resolves(running.verifyIdentity())
})

t.test('what runs beside is named too, and what does not is unset', async (t) => {
  const { contender, supervisor } = await build(t)
  const site = {
    supervisor,
    databaseUrl: 'postgres://db/mine',
    databaseSocket: '/run/pg',
    upstreamUrl: 'http://127.0.0.1:4000',
  }
  await contender.start(site)
  await contender.start({ supervisor, databaseUrl: '' })
  t.match(
    supervisor.specs.map(({ env }) => env),
    [
      { DATABASE_SOCKET: '/run/pg', UPSTREAM_URL: 'http://127.0.0.1:4000', JWT_SECRET: jwtSecret },
      { DATABASE_SOCKET: '', UPSTREAM_URL: '', JWT_SECRET: jwtSecret },
    ],
  )
})

t.test('disposing of a running peer ends it', async (t) => {
  const { supervisor, start } = await build(t)
  const running = await start()
  await running[Symbol.asyncDispose]()
  t.match(await supervisor.children[0]?.exited, { signal: 'SIGKILL' })
})

t.test('cores are handed on', async (t) => {
  const { contender, supervisor } = await build(t)
  await contender.start({ supervisor, databaseUrl: '', cores: [0] })
  t.same(supervisor.specs[0]?.cores, [0])
})

t.test('a peer that ends at its start is reported with its log', async (t) => {
  const { start } = await build(t, { code: 'console.error("no such table"); process.exit(3)' })
  await t.rejects(start(), {
    code: 'CONTENDER_START',
    failure: 'contender',
    message: /no such table/,
  })
})

t.test('a port that another server took is given up for the next one', { skip }, async (t) => {
  const taken = await staleServer(t)
  const { supervisor, start } = await build(t, { ports: [taken] })
  const running = await start()
  t.not(Number(running.url.port), taken)
  t.equal(supervisor.specs.length, 2)
  t.ok(await supervisor.children[0]?.exited, 'the first child is gone')
})

t.test('a stale server that answers instead of the peer is refused', { skip }, async (t) => {
  const taken = await staleServer(t)
  const lives = 'setInterval(() => {}, 1000)'
  const { supervisor, start } = await build(t, { code: lives, ports: [taken, taken, taken] })
  await t.rejects(start(), {
    code: 'STALE_SERVER',
    failure: 'contender',
    message: new RegExp(`process ${process.pid}`),
  })
  for (const child of supervisor.children) t.match(await child.exited, { signal: 'SIGKILL' })
})

t.test('the workers of a cluster count as the peer itself', { skip }, async (t) => {
  const { start } = await build(t, { main: 'cluster.js' })
  await t.resolves((await start()).verifyIdentity())
})

t.test('a peer that ended later is named as such', async (t) => {
  const { supervisor, start } = await build(t)
  const running = await start()
  await supervisor.stopAll()
  await t.rejects(running.verifyIdentity(), { code: 'CONTENDER_DIED', failure: 'contender' })
})

t.test('a missing program makes a peer unavailable, with the cure', async (t) => {
  const { contender } = await build(t)
  t.equal(await contender.unavailable(), undefined)
  const peer = await loadPeer('express')
  const requires = [{ command: 'no-such-program', cure: 'Install it.' }]
  const lacking = peerContender({ ...peer, manifest: { ...peer.manifest, requires } }, 'default')
  t.match(
    await lacking.unavailable(),
    /express:default.*"no-such-program" was not found\. Install it\./,
  )
})

t.test('a level that does not exist is refused by name', async (t) => {
  const peer = await loadPeer('express')
  t.throws(() => peerContender(peer, 'defualt'), {
    code: 'UNKNOWN_LEVEL',
    failure: 'usage',
    message: /Did you mean "default"/,
  })
})
