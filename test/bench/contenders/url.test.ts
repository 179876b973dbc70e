import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { untilReady } from '../../../bench/contenders/ready.ts'
import { parseServerUrl, urlContender } from '../../../bench/contenders/url.ts'
import { freePort, listenersAreVisible, listenersAt } from '../../../bench/sockets.ts'
import type { CpuMeter } from '../../../bench/cpu-meter.ts'
import { fakeSupervisor } from './fixtures/fake-supervisor.ts'

const skip = listenersAreVisible() ? false : 'this system has no /proc'
const supervisor = fakeSupervisor()
t.teardown(() => supervisor[Symbol.asyncDispose]())
const site = { supervisor, databaseUrl: '' }

/** A server that somebody else started. */
async function serve(
  t: Test,
  file: 'server.js' | 'cluster.js',
  { port, env = {} }: { port?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<{ url: string; port: number; child: ChildProcess; end: () => Promise<void> }> {
  const at = port ?? (await freePort())
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL(`fixtures/${file}`, import.meta.url))],
    {
      env: { ...process.env, ...env, PORT: String(at), HOST: '127.0.0.1' },
      detached: true,
      stdio: 'ignore',
    },
  )
  const exited = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }))
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL')
    await exited
  }
  t.teardown(end)
  const url = `http://127.0.0.1:${at}`
  await untilReady({ name: file, exited, logTail: () => '' }, new URL('/plaintext', url))
  return { url, port: at, child, end }
}

/** Waits until so many sockets listen: an answer may have come from the first of them. */
async function untilListening(port: number, count: number): Promise<void> {
  while (listenersAt('127.0.0.1', port).length < count) await sleep(20)
}

/** A meter factory that remembers which processes it was asked for. */
function recordingMeter(): { pids: number[]; treeMeter: (pid: number) => CpuMeter } {
  const pids: number[] = []
  return {
    pids,
    treeMeter: (pid) => {
      pids.push(pid)
      return { source: 'schedstat', readNs: () => 10 }
    },
  }
}

t.test(
  'a running server is found with its process and the endpoints that it answers',
  { skip },
  async (t) => {
    const { url, child } = await serve(t, 'server.js')
    const { pids, treeMeter } = recordingMeter()
    const contender = await urlContender(`${url}/`, { treeMeter })
    t.match(contender, {
      id: url,
      kind: 'url',
      fresh: false,
      toggles: {},
      endpoints: ['plaintext'],
    })
    t.same(contender.versions, { server: 'fixture' })
    t.equal(await contender.unavailable(), undefined)
    const running = await contender.start(site)
    t.same(pids, [child.pid])
    t.equal(running.cpu?.readNs(), 10)
    await t.resolves(running.verifyIdentity())
  },
)

t.test('disposing leaves the server as it is', async (t) => {
  const { url, child } = await serve(t, 'server.js')
  const running = await (await urlContender(url)).start(site)
  await running[Symbol.asyncDispose]()
  await t.resolves(running.verifyIdentity())
  t.equal(child.exitCode, null)
})

t.test('of a cluster that shares out connections the primary is the root', { skip }, async (t) => {
  const { url, child } = await serve(t, 'cluster.js')
  const { pids, treeMeter } = recordingMeter()
  await (await urlContender(url, { treeMeter })).start(site)
  t.same(pids, [child.pid])
})

t.test(
  'of a cluster whose workers hold the socket every holder is counted once',
  { skip },
  async (t) => {
    const { url, child, port } = await serve(t, 'cluster.js', { env: { SCHEDULE: 'none' } })
    // One worker answers before the other holds the socket: primary and both workers must, first.
    while ((listenersAt('127.0.0.1', port)[0]?.pids.length ?? 0) < 3) await sleep(20)
    const { pids, treeMeter } = recordingMeter()
    const running = await (await urlContender(url, { treeMeter })).start(site)
    t.same(pids, [child.pid], 'the workers descend from the primary, which holds the socket too')
    await t.resolves(running.verifyIdentity())
  },
)

t.test('servers that share a port without being related are all counted', { skip }, async (t) => {
  const env = { REUSE_PORT: '1' }
  const first = await serve(t, 'server.js', { env })
  const second = await serve(t, 'server.js', { env, port: first.port })
  const { pids, treeMeter } = recordingMeter()
  await untilListening(first.port, 2)
  const running = await (await urlContender(first.url, { treeMeter })).start(site)
  t.same(new Set(pids), new Set([first.child.pid, second.child.pid]))
  t.equal(running.cpu?.readNs(), 20)
})

t.test('the cost of a real process is read', { skip }, async (t) => {
  const { url } = await serve(t, 'server.js')
  const running = await (await urlContender(url)).start(site)
  const before = running.cpu?.readNs() ?? Number.NaN
  for (let sent = 0; sent < 200; sent++) await (await fetch(`${url}/plaintext`)).text()
  t.ok((running.cpu?.readNs() ?? Number.NaN) > before)
})

t.test('a gapwise server tells its toggles and versions', async (t) => {
  const toggles = { 'database-pool': { max: 4 } }
  const versions = { node: 'v26.10.0', fastify: '5.12.8' }
  const PROFILE = JSON.stringify({ name: 'tuned', runId: 'run-a', pid: 1, toggles, versions })
  const { url } = await serve(t, 'server.js', { env: { PROFILE } })
  const contender = await urlContender(url)
  t.same(contender.toggles, toggles)
  t.same(contender.endpoints, ['plaintext', 'profile'])
  t.same(contender.versions, versions)
})

t.test('another process on the port is not the server that was meant', { skip }, async (t) => {
  const first = await serve(t, 'server.js')
  const running = await (await urlContender(first.url)).start(site)
  await first.end()
  await serve(t, 'server.js', { port: first.port })
  await t.rejects(running.verifyIdentity(), { code: 'STALE_SERVER', failure: 'contender' })
})

t.test('a server that was ended is named as such', async (t) => {
  const { url, end } = await serve(t, 'server.js')
  const running = await (await urlContender(url)).start(site)
  await end()
  await t.rejects(running.verifyIdentity(), { code: 'CONTENDER_DIED', failure: 'contender' })
})

t.test('where nothing listens the cure is named', async (t) => {
  const contender = await urlContender(`http://127.0.0.1:${await freePort()}`)
  t.match(await contender.unavailable(), /ECONNREFUSED.*npm start -- tuned/)
  await t.rejects(contender.start(site), { code: 'URL_UNREACHABLE', failure: 'environment' })
})

t.test('only http://host:port is taken', (t) => {
  for (const text of [
    'https://127.0.0.1:3000',
    'ftp://127.0.0.1',
    'http://127.0.0.1:3000/app',
    'http://127.0.0.1:3000/?a=b',
    'http://user@127.0.0.1:3000',
    'http://',
  ]) {
    t.throws(() => parseServerUrl(text), { code: 'URL_FORM', failure: 'usage' }, text)
  }
  t.match(parseServerUrl('http://localhost:3000/').origin, 'http://localhost:3000')
  t.end()
})
