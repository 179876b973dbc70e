import t from 'tap'
import { engine } from '../../../bench/engines/wrk.ts'
import { parseReport } from '../../../bench/engines/wrk/report.ts'
import { parseMeasureOptions } from '../../../bench/measure-options.ts'
import { makeReady } from '../../../bench/measure-ready.ts'
import type { Ask, Expectation, Request, Step } from '../../../bench/workload.ts'
import { answerOf, startRawServer } from '../../helpers/raw-server.ts'

const line =
  'GAPWISE {"requests":100,"durationUs":1000000,"cpuUs":5000,"connect":0,"read":0,"write":0,"status":0,"timeout":0}'
const order = {
  arm: 'a',
  workload: 'plaintext',
  connections: 2,
  durationMs: 200,
  minRequests: 1,
}

t.test('a report is read to the microsecond', async (t) => {
  t.strictSame(parseReport(`Running 1s test\n\n${line}\n`), {
    requests: 100,
    errors: { status: 0, body: 0, socket: 0, timeout: 0 },
    elapsedNs: 1e9,
    generatorCpuNs: 5e6,
  })
})

t.test('answers with a bad status are no requests', async (t) => {
  const reading = parseReport(
    line
      .replace('"status":0', '"status":7')
      .replace('"read":0', '"read":2')
      .replace('"connect":0', '"connect":1'),
  )
  t.equal(reading.requests, 93)
  t.strictSame(reading.errors, { status: 7, body: 0, socket: 3, timeout: 0 })
  t.match(reading.firstError, /7 answers with status 400 or above, 3 socket errors/)
})

t.test('output without a report is an error', async (t) => {
  t.throws(() => parseReport('unable to connect'), { code: 'WRK_OUTPUT', message: /unable/ })
  t.throws(() => parseReport('GAPWISE {"requests":1}'), { code: 'WRK_OUTPUT' })
})

t.test('what wrk cannot play or check is refused with the reason', async (t) => {
  const refusal = (...steps: Step[]) =>
    engine.refuses?.(
      { name: 'w', summary: '', endpoints: [], bottleneck: 'server', steps: () => steps },
      1,
    )
  const ask = (request: Partial<Request>, expect: Expectation = { status: 200 }): Ask => ({
    request: { method: 'GET', path: '/', ...request },
    expect,
  })
  t.equal(refusal(ask({})), undefined)
  t.equal(refusal(ask({}, { status: 302 })), undefined)
  t.match(refusal(ask({}), ask({})), /found 2 steps in workload "w"; use the built-in engine\.$/)
  t.match(refusal({ *script() {} }), /found a script/)
  t.match(refusal(ask({ method: 'POST', body: '{}' })), /found POST/)
  t.match(refusal(ask({ body: '{}' })), /found a body/)
  t.match(refusal(ask({ headers: { connection: 'close' } })), /found headers in/)
  t.match(refusal(ask({}, { status: 404 })), /found status 404/)
  t.match(refusal(ask({}, { status: 302, headers: { location: '/' } })), /headers to be checked/)

  await using load = await engine.open([{ id: 'a', url: new URL('http://127.0.0.1:1') }], 1)
  await t.rejects(load.window({ ...order, workload: 'connection-churn' }), {
    code: 'ENGINE_UNSUPPORTED',
    failure: 'usage',
  })
})

t.test('the words of a command are checked for that before anything starts', async (t) => {
  const request = parseMeasureOptions({
    workload: 'json,mixed',
    connections: '8',
    quick: true,
    engine: 'wrk',
    upstreamLatency: '0ms',
  })
  await t.rejects(makeReady(['baseline'], request), {
    code: 'ENGINE_UNSUPPORTED',
    failure: 'usage',
    message: /steps in workload "mixed"/,
  })
})

const missing = await engine.unavailable()
t.test('wrk itself', { skip: missing ?? false }, async (t) => {
  t.match(await engine.version(), /^wrk \S*4\./)

  await t.test('counts what the server counts', async (t) => {
    await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
    await using load = await engine.open([{ id: 'a', url: server.url }], 1)
    const reading = await load.window(order)
    t.strictSame(reading.errors, { status: 0, body: 0, socket: 0, timeout: 0 })
    const unread = server.requests() - reading.requests
    t.ok(unread >= 0 && unread <= 2 * order.connections, `${unread} were in flight at the end`)
    t.ok(reading.elapsedNs >= 1e9, 'a whole second at least')
    t.ok(reading.generatorCpuNs > 0 && reading.generatorCpuNs < reading.elapsedNs * 1.1)
  })

  await t.test('subtracts answers with a bad status', async (t) => {
    let bad = 0
    await using server = await startRawServer((socket, number) => {
      if (number % 10 === 0) bad++
      socket.write(number % 10 === 0 ? answerOf('no', '500 No') : answerOf('Hello, World!'))
    })
    await using load = await engine.open([{ id: 'a', url: server.url }], 1)
    const { requests, errors, firstError } = await load.window(order)
    t.ok(Math.abs(errors.status - bad) <= order.connections)
    t.ok(Math.abs(requests - errors.status * 9) <= 10 * order.connections)
    t.match(firstError, /status 400 or above/)
  })

  await t.test('reports a server that is gone', async (t) => {
    const server = await startRawServer((socket) => socket.end())
    const { url } = server
    await server[Symbol.asyncDispose]()
    await using load = await engine.open([{ id: 'a', url }], 1)
    const reading = await load.window(order)
    t.equal(reading.requests, 0)
    t.equal(reading.errors.socket, order.connections)
    t.match(reading.firstError, /unable to connect/)
  })
})
