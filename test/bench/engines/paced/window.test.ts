import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { PacedReading } from '../../../../bench/engine.ts'
import { Connection } from '../../../../bench/engines/built-in/connection.ts'
import { Exchange } from '../../../../bench/engines/built-in/exchange.ts'
import { cursorOf } from '../../../../bench/engines/built-in/generator.ts'
import { RequestStream } from '../../../../bench/engines/built-in/walker.ts'
import { Histogram } from '../../../../bench/stats/histogram.ts'
import {
  adds,
  generatorFor,
  get,
  noErrors,
  order,
  recording,
  right,
} from '../../../helpers/paced.ts'
import { answerOf } from '../../../helpers/raw-server.ts'

t.test('each arm gets the same stream in its windows, whichever connection is idle', async (t) => {
  const a = await recording(right)
  const b = await recording((socket, number) => {
    // Every third answer is late, so connections come back in another order.
    if (number % 3 === 0) setTimeout(() => socket.write(answerOf('ok')), 3)
    else socket.write(answerOf('ok'))
  })
  await using serverA = a.server
  await using serverB = b.server
  const steps = Array.from({ length: 30 }, (_, index) =>
    get(`/${index}`, { status: 200, body: 'ok' }),
  )
  const generator = generatorFor(steps, [serverA.url, serverB.url])
  for (const window of [0, 1]) {
    a.paths.length = b.paths.length = 0
    const first = cursorOf(0, 1, window, 30)
    const expected = Array.from({ length: 50 }, (_, index) => `/${(first + index) % 30}`)
    for (const arm of ['a', 'b']) {
      const reading = await generator.paced({ ...order, arm })
      t.strictSame(reading.errors, noErrors)
      t.equal(reading.planned, 50)
      t.equal(reading.requests, 50)
      t.ok(reading.generatorCpuNs > 0)
      adds(t, reading)
    }
    // Sent in this order, each on a socket of its own: neighbours may overtake each other at the server.
    t.strictSame(a.paths.toSorted(), expected.toSorted())
    t.strictSame(b.paths.toSorted(), expected.toSorted())
  }
  t.equal(serverA.connections(), 4, 'connections are opened once')
  generator.close()
})

t.test('wrong answers are errors and never samples', async (t) => {
  const { server } = await recording((socket, number) => {
    if (number % 5 === 0) socket.write(answerOf('no', '500 Internal Server Error'))
    else if (number % 5 === 1) socket.write(answerOf('ko'))
    else socket.write(answerOf('ok'))
  })
  await using _ = server
  const generator = generatorFor([get('/', { status: 200, body: 'ok' })], [server.url])
  const reading = await generator.paced(order)
  generator.close()
  t.strictSame(reading.errors, { ...noErrors, status: 10, body: 10 })
  t.equal(reading.requests, 30)
  t.match(reading.firstError, /expected the body "ok", found "ko"/)
  adds(t, reading)
})

t.test('a server that gives no answer ends the window at its limit', async (t) => {
  const { server } = await recording((socket, number) => {
    if (number <= 10) socket.write(answerOf('ok'))
  })
  await using _ = server
  const generator = generatorFor([get('/')], [server.url], 600)
  const reading = await generator.paced({ ...order, queueBound: 20 })
  generator.close()
  t.strictSame(reading.errors, { ...noErrors, timeout: 4 })
  t.equal(reading.requests, 10)
  t.equal(reading.dropped, 36)
  adds(t, reading)
})

t.test('a server that is gone gives socket errors', async (t) => {
  const { server } = await recording(right)
  const { url } = server
  await server[Symbol.asyncDispose]()
  const generator = generatorFor([get('/')], [url])
  const reading = await generator.paced(order)
  generator.close()
  t.equal(reading.requests, 0)
  t.equal(reading.errors.socket, 50)
  t.match(reading.firstError, /ECONNREFUSED/)
  adds(t, reading)
})

t.test('a connection closed as idle is opened again without an error', async (t) => {
  const { server } = await recording(right)
  await using _ = server
  const generator = generatorFor([get('/')], [server.url])
  await generator.paced(order)
  server.closeIdle()
  const crossing = await generator.paced(order)
  t.equal(crossing.firstError, undefined, 'the close was not waited for')
  server.closeIdle()
  await sleep(20)
  t.equal((await generator.paced(order)).firstError, undefined, 'the close was seen before')
  t.equal(server.connections(), 12)
  generator.close()
})

t.test('a connection that was in use until just now and is lost is an error', async (t) => {
  const { server } = await recording((socket, number) => {
    if (number === 1) socket.write(answerOf('ok'))
    else socket.destroy()
  })
  await using _ = server
  const arm = { id: 'a', url: server.url }
  const stream = new RequestStream([new Exchange(arm, get('/'))], 0)
  const connection = new Connection(server.url)
  const ask = (stale: boolean) =>
    new Promise<string>((resolve, reject) => {
      let outcome = ''
      const assignment = {
        over: false,
        passed: () => end('passed'),
        failed: (kind: string) => end(kind),
        fail: reject,
        release: () => resolve(outcome),
      }
      const end = (how: string) => {
        outcome = how
        assignment.over = true
      }
      connection.start(assignment, stream, stale)
    })
  t.equal(await ask(true), 'passed')
  t.equal(await ask(false), 'socket')
  t.equal(server.requests(), 2, 'and it is not asked again')
  connection.close()
})

t.test('requests that find no idle connection wait in the client and are sent late', async (t) => {
  const { server } = await recording((socket) => {
    setTimeout(() => socket.write(answerOf('ok')), 20)
  })
  await using _ = server
  const generator = generatorFor([get('/')], [server.url])
  // One connection carries at most 50 requests/s, so at 100/s they wait longer and longer.
  const pace = { connections: 1, ratePerSecond: 100, durationMs: 200 }
  const reading = await generator.paced({ ...order, ...pace })
  generator.close()
  t.equal(reading.requests, 20)
  t.equal(reading.dropped, 0)
  t.ok(reading.late > reading.lateAlthoughIdle, 'which is no fault of the generator')
  const largest = ({ latency, service }: PacedReading) =>
    [latency, service].map((record) => Histogram.fromRecord(record).valueAtRank(20) ?? Number.NaN)
  const [latencyUs = 0, serviceUs = 0] = largest(reading)
  t.ok(latencyUs >= serviceUs)
  adds(t, reading)
})
