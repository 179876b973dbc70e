import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { engine } from '../../../bench/engines/built-in.ts'
import { Histogram } from '../../../bench/stats/histogram.ts'
import { answerOf, startRawServer } from '../../helpers/raw-server.ts'

const order = {
  arm: 'a',
  workload: 'plaintext',
  connections: 4,
  durationMs: 50,
  minRequests: 20,
}

/** Gone, or a zombie that nobody has reaped yet. */
function ended(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch {
    return true
  }
}

async function endedWithin(pid: number, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs
  while (!ended(pid) && Date.now() < deadline) await sleep(20)
  return ended(pid)
}

t.test('the generator runs windows in a process of its own and ends with its load', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
  const load = await engine.open([{ id: 'a', url: server.url }], 1)
  const pid = load.pid ?? 0
  t.not(pid, process.pid)
  const before = server.requests()
  const reading = await load.window(order)
  t.equal(reading.requests, server.requests() - before)
  t.strictSame(reading.errors, { status: 0, body: 0, socket: 0, timeout: 0 })
  t.ok(reading.generatorCpuNs > 0 && reading.elapsedNs > 0)
  await load[Symbol.asyncDispose]()
  t.ok(ended(pid), 'no process is left')
  await load[Symbol.asyncDispose]()
  await t.rejects(load.window(order), { code: 'GENERATOR_DIED' })
})

t.test(
  'paced windows run in the same process, and their histograms come out of it whole',
  async (t) => {
    await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
    await using load = await engine.open([{ id: 'a', url: server.url }], 1)
    const { minRequests: _minRequests, ...shared } = order
    const reading = await load.paced?.({ ...shared, ratePerSecond: 400, durationMs: 250 })
    t.strictSame(reading?.errors, { status: 0, body: 0, socket: 0, timeout: 0 })
    t.equal(reading?.requests, 100)
    t.equal(server.requests(), 100)
    for (const record of [reading?.latency, reading?.service, reading?.lag])
      t.equal(record === undefined ? 0 : Histogram.fromRecord(record).count, 100)
    t.ok((reading?.generatorCpuNs ?? 0) > 0)
    await t.rejects(
      async () => load.paced?.({ ...shared, ratePerSecond: 0 }),
      { message: /Expected a rate above 0/ },
      'and it lives on',
    )
    t.equal((await load.window(order)).firstError, undefined)
  },
)

t.test('it runs on the cores that it is given', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
  await using load = await engine.open([{ id: 'a', url: server.url }], 1, { cores: [0] })
  t.match(readFileSync(`/proc/${load.pid}/status`, 'utf8'), /Cpus_allowed_list:\s0\n/)
  t.equal((await load.window(order)).firstError, undefined)
})

t.test(
  'an unknown workload is the same error as in the bench, and the generator lives on',
  async (t) => {
    await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
    await using load = await engine.open([{ id: 'a', url: server.url }], 1)
    await t.rejects(load.window({ ...order, workload: 'plaintxt' }), {
      code: 'UNKNOWN_WORKLOAD',
      failure: 'usage',
      message: /plaintext/,
    })
    t.equal((await load.window(order)).firstError, undefined)
  },
)

t.test(
  'a generator that gives way has the least weight, in a session of its own',
  { skip: process.platform !== 'linux' && 'only Linux tells' },
  async (t) => {
    await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
    const open = (givesWay: boolean) => engine.open([{ id: 'a', url: server.url }], 1, { givesWay })
    const facts = (pid: number | undefined) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      const autogroup = `/proc/${pid}/autogroup`
      return {
        session: Number(fields[3]),
        niceness: Number(fields[16]),
        weighed: existsSync(autogroup) ? readFileSync(autogroup, 'utf8') : undefined,
      }
    }
    await using polite = await open(true)
    const { session, niceness, weighed } = facts(polite.pid)
    t.equal(session, polite.pid)
    t.equal(niceness, 19)
    if (weighed !== undefined) t.match(weighed, /nice 19/)
    await using usual = await open(false)
    t.not(facts(usual.pid).session, usual.pid)
    t.equal(facts(usual.pid).niceness, facts(process.pid).niceness)
    t.equal(facts(process.pid).weighed, facts(usual.pid).weighed, 'nobody else is weighed less')
  },
)

t.test('an address that it cannot load is refused before anything starts', async (t) => {
  await t.rejects(engine.open([{ id: 'a', url: new URL('https://127.0.0.1:1') }], 1), {
    code: 'ENGINE_UNSUPPORTED',
    failure: 'usage',
  })
})

t.test('a generator that is killed in mid-window is reported', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
  await using load = await engine.open([{ id: 'a', url: server.url }], 1)
  const window = load.window({ ...order, durationMs: 5_000 })
  process.kill(load.pid ?? 0, 'SIGKILL')
  await t.rejects(window, { code: 'GENERATOR_DIED', message: /SIGKILL/ })
})

t.test('the generator ends when its parent is killed in mid-window', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
  const module = new URL('../../../bench/engines/built-in.ts', import.meta.url).href
  const source = `
    const { engine } = await import(${JSON.stringify(module)})
    const arms = [{ id: 'a', url: new URL(${JSON.stringify(server.url.href)}) }]
    const load = await engine.open(arms, 1)
    console.log(load.pid)
    await load.window(${JSON.stringify({ ...order, durationMs: 20_000 })})`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString())
  t.teardown(() => {
    if (!ended(pid)) process.kill(pid, 'SIGKILL')
  })
  while (server.requests() < 10) await sleep(5)
  t.notOk(ended(pid), 'it runs')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  t.ok(await endedWithin(pid, 3_000), 'it is gone')
})
