/** Every driver and every way to hold connections, while PostgreSQL ends them or is gone for a while. */
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import {
  seededWorldRowProblem,
  seededWorldRowsProblem,
} from '../../../bench/contract/probe/world.ts'
import { type TestClient, openClient } from '../../helpers/client.ts'
import { startApp, type StartedApp } from '../../helpers/start-app.ts'
import { startProcess } from '../../helpers/start-process.ts'
import {
  connectionsLeft,
  openTestPostgres,
  terminateConnections,
} from '../../helpers/test-postgres.ts'
import { openGate } from './fixtures/gate.ts'

const specs = [
  'baseline',
  'baseline+prepared-statements',
  'baseline+parallel-queries',
  'baseline+connection-per-request',
  'baseline+pipelined-queries',
  'baseline+pipelined-queries+prepared-statements+parallel-queries',
  'baseline+postgres-js',
  'baseline+postgres-js+prepared-statements',
  'baseline+postgres-js+parallel-queries',
  'baseline+postgres-js+connection-per-request',
  'baseline+postgres-js+pipelined-queries+prepared-statements',
  'tuned',
]
/** Would block this process, which is to end its connections and to let it through. */
const blocking = ['baseline+blocking-call', 'baseline+blocking-call+postgres-js']

const requestsAtOnce = 24
const hangMs = 5000
const recoveryMs = 15_000

const { supervisor, postgres, admin } = await openTestPostgres(t)

type Started = Pick<StartedApp, 'url' | 'stop'> & Partial<Pick<StartedApp, 'witness'>>

const start = (t: Test, spec: string, databaseUrl: string): Promise<Started> =>
  blocking.includes(spec)
    ? startProcess(t, spec, supervisor, databaseUrl)
    : startApp(t, spec, databaseUrl)

/** What is wrong with an answer to one of the two requests, if anything. */
const problemOf = (path: string, body: string): string | undefined =>
  path === '/db' ? seededWorldRowProblem(body) : seededWorldRowsProblem(body, 7)

interface Load {
  readonly failed: () => number
  readonly problems: readonly string[]
  end(): Promise<void>
}

/** Keeps requests under way until ended; a failure may only be a 500 or 503, in time. */
function keepAsking(client: TestClient): Load {
  const problems: string[] = []
  let failed = 0
  const ended = new AbortController()
  const loop = async (path: string): Promise<void> => {
    while (!ended.signal.aborted) {
      const { status, body } = await client.ask(path)
      if (status === 200) {
        const problem = problemOf(path, body)
        if (problem !== undefined) problems.push(`${path}: ${problem}`)
      } else {
        failed++
        if (status !== 500 && status !== 503) problems.push(`${path}: ${status} ${body}`)
        await sleep(5)
      }
    }
  }
  const loops = Array.from({ length: requestsAtOnce }, (_, index) =>
    loop(index % 2 === 0 ? '/db' : '/queries?queries=7'),
  )
  return {
    failed: () => failed,
    problems,
    end: async () => {
      ended.abort()
      await Promise.all(loops)
    },
  }
}

/** Asks until all of a batch are answered well; the last failure when that takes too long. */
async function untilRecovered(client: TestClient): Promise<string | undefined> {
  const deadlineMs = performance.now() + recoveryMs
  for (;;) {
    const answers = await Promise.all(
      Array.from({ length: requestsAtOnce }, () => client.ask('/db')),
    )
    const failure = answers.find(({ status }) => status !== 200)
    if (failure === undefined) return undefined
    if (performance.now() > deadlineMs) return `${failure.status} ${failure.body}`
    await sleep(20)
  }
}

t.jobs = 2
for (const spec of [...specs, ...blocking]) {
  void t.test(`${spec}: its connections are ended under load`, { buffered: true }, async (t) => {
    const databaseUrl = await postgres.createDatabase(spec)
    const { url, witness, stop } = await start(t, spec, databaseUrl)
    await using client = openClient(url, requestsAtOnce, hangMs)
    const load = keepAsking(client)
    let terminated = 0
    for (const pauseMs of [200, 100, 0, 5, 10, 1, 100, 2, 20, 100]) {
      await sleep(pauseMs)
      terminated += await terminateConnections(admin, databaseUrl)
    }
    t.equal(await untilRecovered(client), undefined, 'it answers again')
    await load.end()
    t.strictSame(load.problems, [])
    t.ok(terminated > 0 && load.failed() > 0, 'the fault was felt')
    t.strictSame(witness?.swaps ?? [], [])
    await stop()
    t.equal(await connectionsLeft(admin, databaseUrl), 0)
  })

  void t.test(`${spec}: the database is gone for a while`, { buffered: true }, async (t) => {
    const databaseUrl = await postgres.createDatabase(`${spec} gone`)
    await using gate = await openGate(databaseUrl)
    const { url, witness, stop } = await start(t, spec, gate.databaseUrl)
    await using client = openClient(url, requestsAtOnce, hangMs)
    const load = keepAsking(client)
    await sleep(200)
    await gate.shut()
    await sleep(1000)
    t.equal((await client.ask('/readyz')).status, 503, 'it says that it is not ready')
    await gate.open()
    t.equal(await untilRecovered(client), undefined, 'it answers again')
    await load.end()
    t.strictSame(load.problems, [])
    t.ok(load.failed() > 0, 'the fault was felt')
    t.strictSame(witness?.swaps ?? [], [])
    await stop()
    t.equal(await connectionsLeft(admin, databaseUrl), 0)
  })
}
