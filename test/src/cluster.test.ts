/** Several workers as real processes: one dies, all are told to stop, or none can start. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { seededWorldRowProblem } from '../../bench/contract/probe/world.ts'
import type { Child } from '../../bench/supervisor.ts'
import { openClient } from '../helpers/client.ts'
import { startProcess } from '../helpers/start-process.ts'
import { connectionsLeft, openTestPostgres } from '../helpers/test-postgres.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const twoWorkers = 'baseline+workers={"count":2}'
const deadlineMs = 20_000
/** The time to load the program, twice in a cluster, on a busy machine. */
const startMs = 30_000
/** Node may hand a connection to a worker that has just died; nobody closes or answers it then. */
const lostMs = 2000

const { supervisor, postgres, admin } = await openTestPostgres(t)

/** The workers that answer now: each new connection goes to the next one. */
async function workerPids(url: URL): Promise<Set<number>> {
  const ask = async (): Promise<number[]> => {
    await using client = openClient(url, 1, lostMs)
    const { status, body } = await client.ask('/profile')
    return status === 200 ? [(JSON.parse(body) as { pid: number }).pid] : []
  }
  return new Set((await Promise.all(Array.from({ length: 8 }, ask))).flat())
}

/** How a process ended, or that it did not. */
const ending = ({ exited }: Child, withinMs = deadlineMs): Promise<unknown> =>
  Promise.race([exited, sleep(withinMs, 'still running', { ref: false })])

/** Starts the server's program on a port, as a service manager would. */
const spawnServer = (spec: string, env: Readonly<Record<string, string>>): Promise<Child> =>
  supervisor.spawn({
    name: 'server',
    command: process.execPath,
    args: [main, spec],
    env: { HOST: '127.0.0.1', DATABASE_URL: postgres.adminUrl, ...env },
  })

t.test('a worker that is killed is replaced, and only its own requests suffer', async (t) => {
  const databaseUrl = await postgres.createDatabase('killed')
  const { url, child, stop } = await startProcess(t, twoWorkers, supervisor, databaseUrl)
  const before = await workerPids(url)
  t.equal(before.size, 2)
  const [victim = 0] = before

  await using client = openClient(url, 8, lostMs)
  const ended = new AbortController()
  const problems: string[] = []
  const loop = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const { status, body } = await client.ask('/db')
      const problem = status === 200 ? seededWorldRowProblem(body) : `${status} ${body}`
      if (problem !== undefined) problems.push(problem)
      await sleep(5)
    }
  }
  const load = Array.from({ length: 8 }, loop)
  await sleep(100)
  process.kill(victim, 'SIGKILL')

  let after = await workerPids(url)
  const giveUpMs = performance.now() + startMs
  while ((after.size < 2 || after.has(victim)) && performance.now() < giveUpMs)
    after = await workerPids(url)
  t.equal(after.size, 2, 'two workers serve again')
  t.notOk(after.has(victim))
  t.equal((await client.ask('/readyz')).status, 200)
  ended.abort()
  await Promise.all(load)
  const broken = /^0 .*(other side closed|ECONNRESET|HeadersTimeoutError)/
  t.strictSame(
    problems.filter((problem) => !broken.test(problem)),
    [],
    'failed requests are broken connections',
  )
  t.ok(problems.length <= 16, `${problems.length}: each connection broke twice at most`)
  t.doesNotThrow(() => process.kill(child.pid, 0), 'the primary lives')
  await t.resolves(stop())
  t.equal(await connectionsLeft(admin, databaseUrl), 0)
})

/** Connections that are kept open and idle: after a request, and without one. */
async function keepIdle(t: Test, url: URL): Promise<void> {
  const client = openClient(url, 6)
  t.teardown(() => client[Symbol.asyncDispose]())
  const answers = await Promise.all(Array.from({ length: 6 }, () => client.ask('/db')))
  t.ok(answers.every(({ status }) => status === 200))
  for (let i = 0; i < 4; i++) {
    const socket = connect(Number(url.port), url.hostname)
    t.teardown(() => socket.destroy())
    socket.on('error', () => undefined)
    await once(socket, 'connect')
  }
}

for (const spec of ['baseline', twoWorkers]) {
  for (const [signal, whom] of [
    ['SIGTERM', 'process'],
    ['SIGINT', 'group'],
  ] as const) {
    t.test(`${spec}: ${signal} to the ${whom} ends it though clients stay`, async (t) => {
      const databaseUrl = await postgres.createDatabase('idle')
      const { url, child } = await startProcess(t, spec, supervisor, databaseUrl)
      await keepIdle(t, url)
      process.kill(whom === 'group' ? -child.pid : child.pid, signal)
      t.match(await ending(child), { code: 0, signal: null }, child.logTail())
      t.equal(await connectionsLeft(admin, databaseUrl), 0)
    })
  }

  t.test(`${spec}: a busy port is told once`, async (t) => {
    const occupant = createServer().listen(0, '127.0.0.1')
    t.teardown(() => occupant.close())
    await once(occupant, 'listening')
    const { port } = occupant.address() as AddressInfo
    const child = await spawnServer(spec, { PORT: String(port) })
    t.teardown(() => child.stop())
    t.match(await ending(child, startMs), { code: 3 })
    t.match(child.logTail(50), /^PORT_IN_USE: Port \d+ on 127\.0\.0\.1 is taken .*\n?$/)
  })
}

t.test('workers that cannot start are not started for ever', async (t) => {
  const broken = `data:text/javascript,import cluster from 'node:cluster'
    if (cluster.isWorker) { console.error('no boot'); process.exit(9) }`
  const child = await spawnServer(twoWorkers, {
    PORT: '0',
    NODE_OPTIONS: `--import=${encodeURI(broken)}`,
  })
  t.teardown(() => child.stop())
  t.match(await ending(child, startMs), { code: 1 })
  const log = child.logTail(50)
  t.ok(log.split('no boot').length <= 3, 'each was started once')
  t.match(log, /WORKER_BOOT: A worker ended while starting \(exit code 9\)/)
})
