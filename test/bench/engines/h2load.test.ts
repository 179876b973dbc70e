import t from 'tap'
import { engine } from '../../../bench/engines/h2load.ts'
import { parseReport } from '../../../bench/engines/h2load/report.ts'
import { answerOf, startRawServer } from '../../helpers/raw-server.ts'

const output = ({
  started = 1000,
  done = 1000,
  ok = 1000,
  redirected = 0,
  bad = 0,
  timeout = 0,
  rate = '50000.00',
}) => `progress: 100% done

finished in 20.00ms, ${rate} req/s, 10.12MB/s
requests: 1000 total, ${started} started, ${done} done, ${ok + redirected} succeeded, 0 failed, 0 errored, ${timeout} timeout
status codes: ${ok} 2xx, ${redirected} 3xx, 0 4xx, ${bad} 5xx
traffic: 158.20KB (162000) total, 107.42KB (110000) headers (space savings 0.00%), 12.70KB (13000) data
`
const facts = { status: 200, generatorCpuNs: 5e6 }
const order = { arm: 'a', workload: 'plaintext', connections: 2, durationMs: 200, minRequests: 1 }

t.test('a report is read, its time by the rate, which has more digits', async (t) => {
  t.strictSame(parseReport(output({ rate: '49875.31' }), facts), {
    requests: 1000,
    errors: { status: 0, body: 0, socket: 0, timeout: 0 },
    // 1000 / 49875.31 s
    elapsedNs: 20_050_001,
    generatorCpuNs: 5e6,
  })
})

t.test('answers of other hundreds than the one asked for are no requests', async (t) => {
  const reading = parseReport(output({ ok: 900, redirected: 60, bad: 40 }), facts)
  t.equal(reading.requests, 900)
  t.strictSame(reading.errors, { status: 100, body: 0, socket: 0, timeout: 0 })
  t.match(reading.firstError, /^h2load: 100 answers with a status other than 200$/)
  const redirects = output({ ok: 0, redirected: 1000 })
  t.equal(parseReport(redirects, { ...facts, status: 302 }).requests, 1000)
})

t.test('requests on broken connections are errors, those never started are not', async (t) => {
  const broken = parseReport(output({ started: 200, done: 196, ok: 200 }), facts)
  t.equal(broken.requests, 196, 'an answer that was cut off had a status, and is not done')
  t.strictSame(broken.errors, { status: 0, body: 0, socket: 4, timeout: 0 })
  const silent = parseReport(
    output({ started: 4, done: 0, ok: 0, timeout: 4, rate: '0.00' }),
    facts,
  )
  t.strictSame(silent.errors, { status: 0, body: 0, socket: 0, timeout: 4 })
  t.equal(silent.elapsedNs, 20e6, 'without a rate the time as shown')
  const gone = parseReport(output({ started: 0, done: 0, ok: 0, rate: '0.00' }), facts)
  t.equal(gone.errors.socket, 1)
  t.match(gone.firstError, /no connection/)
})

t.test('output without counts is an error', async (t) => {
  t.throws(() => parseReport('Usage: h2load', facts), { code: 'H2LOAD_OUTPUT', message: /Usage/ })
})

const missing = await engine.unavailable()
t.test('h2load itself', { skip: missing ?? false }, async (t) => {
  t.match(await engine.version(), /^nghttp2\/1\./)

  await t.test('counts what the server counts, and its own CPU time', async (t) => {
    await using server = await startRawServer((socket) => socket.write(answerOf('Hello, World!')))
    await using load = await engine.open([{ id: 'a', url: server.url }], 1)
    const reading = await load.window(order)
    t.strictSame(reading.errors, { status: 0, body: 0, socket: 0, timeout: 0 })
    t.equal(reading.requests, server.requests())
    t.ok(reading.generatorCpuNs > 0)
  })

  await t.test('sees answers with a bad status and connections that break', async (t) => {
    await using server = await startRawServer((socket, number) => {
      if (number === 30) socket.destroy()
      else socket.write(answerOf('no', number === 20 ? '500 No' : '200 OK'))
    })
    await using load = await engine.open([{ id: 'a', url: server.url }], 1)
    const { errors, requests } = await load.window({ ...order, minRequests: 100 })
    t.strictSame(errors, { status: 1, body: 0, socket: 1, timeout: 0 })
    t.equal(requests, server.requests() - 2)
  })

  await t.test('reports a server that is gone', async (t) => {
    const server = await startRawServer((socket) => socket.end())
    const { url } = server
    await server[Symbol.asyncDispose]()
    await using load = await engine.open([{ id: 'a', url }], 1)
    const reading = await load.window(order)
    t.equal(reading.requests, 0)
    t.ok(reading.errors.socket > 0)
  })
})
