import t from 'tap'
import type { Connection } from '../../../../bench/engines/built-in/connection.ts'
import { Pacer } from '../../../../bench/engines/built-in/paced/pacer.ts'
import type { Pace, Seat } from '../../../../bench/engines/built-in/paced/pacer.ts'
import { seatOf } from '../../../../bench/engines/built-in/paced/seat.ts'
import { RequestStream } from '../../../../bench/engines/built-in/walker.ts'
import type { HistogramRecord } from '../../../../bench/stats/histogram.ts'
import { Histogram } from '../../../../bench/stats/histogram.ts'
import { VirtualClock } from '../../../helpers/virtual-clock.ts'

const noErrors = { status: 0, body: 0, socket: 0, timeout: 0 }
const quantile = (record: HistogramRecord, q: number) => Histogram.fromRecord(record).quantile(q)
const largest = (record: HistogramRecord) =>
  Histogram.fromRecord(record).valueAtRank(record.count) ?? Number.NaN

/** A pool of `connections` to a server that answers each request after so long. */
const poolOf = (connections: number, clock: VirtualClock, serviceUs: () => number): Seat[] =>
  Array.from({ length: connections }, (): Seat => (assignment) => {
    clock.after(serviceUs(), () => {
      assignment.passed()
      assignment.release()
    })
  })

/** Runs a whole window in virtual time. */
async function paced(seats: readonly Seat[], pace: Partial<Pace>, clock: VirtualClock) {
  const whole = {
    ratePerSecond: 1000,
    durationMs: 10_000,
    queueBound: 5_000,
    drainMs: 60_000,
    ...pace,
  }
  const pacer = new Pacer(seats, whole, clock)
  clock.run()
  return pacer.finished
}

t.test('a server that takes 100 ms is seen to take 100 ms at 5 requests/s', async (t) => {
  // 2,000 s make the 10,000 samples that a p99 needs.
  for (const connections of [1, 4]) {
    const clock = new VirtualClock()
    const pace = { ratePerSecond: 5, durationMs: 2_000_000 }
    const reading = await paced(
      poolOf(connections, clock, () => 100_000),
      pace,
      clock,
    )
    t.equal(reading.requests, 10_000)
    for (const q of [0.5, 0.99])
      for (const record of [reading.latency, reading.service])
        t.ok(Math.abs((quantile(record, q) ?? Number.NaN) - 100_000) < 1_000)
    t.equal(largest(reading.lag), 0)
    t.equal(reading.sentPerSecond, 5)
    t.equal(reading.elapsedNs, (2_000_000 - 200 + 100) * 1e6, 'the last one starts 200 ms early')
  }
})

t.test('a stall of 1 s shows in the latencies and not in the service times', async (t) => {
  // One connection, 1 ms of service, 100 requests/s. The request at 2 s waits 1,000 ms; those meant for the second
  // after it, 100 at 10 ms from one another, wait 990, 980 … ms for the connection and then a ms more for each
  // that goes before them: request k ends at 3,000 + k ms and was meant for 2,000 + 10 k, so waits 1,000 - 9 k ms.
  const clock = new VirtualClock()
  let served = 0
  const seats = poolOf(1, clock, () => (++served === 201 ? 1_000_000 : 1_000))
  const reading = await paced(seats, { ratePerSecond: 100, durationMs: 100_000 }, clock)
  t.equal(reading.requests, 10_000)
  t.equal(reading.dropped, 0)
  t.equal(quantile(reading.service, 0.99), 1_000)
  t.equal(quantile(reading.latency, 0.5), 1_000)
  // 1 % of 10,000 lie above p99, which is the 101st largest: 1,000 - 9 * 100 = 100 ms.
  const p99 = quantile(reading.latency, 0.99) ?? Number.NaN
  t.ok(Math.abs(p99 - 100_000) / 100_000 <= 1 / 2048, `${p99}`)
  t.ok(Math.abs(largest(reading.latency) - 1_000_000) <= 1_000_000 / 2048)
  t.ok(largest(reading.lag) > 980_000, 'the lag tells why')
  t.ok(reading.late > 100)
  t.equal(reading.lateAlthoughIdle, 0, 'and that the generator was not to blame')
  t.equal(reading.lag.count, reading.sent)
})

t.test('more connections let the rest through while one request hangs', async (t) => {
  const clock = new VirtualClock()
  let served = 0
  const seats = poolOf(2, clock, () => (++served === 201 ? 1_000_000 : 1_000))
  const reading = await paced(seats, { ratePerSecond: 100, durationMs: 100_000 }, clock)
  t.equal(quantile(reading.latency, 0.99), 1_000)
  t.equal(reading.late, 0)
})

t.test('what does not fit into the queue is dropped and counted', async (t) => {
  // One connection and 10 ms of service carry 100 requests/s; 1,000/s are meant for 1 s. At 0 ms one is sent, and
  // 10 more wait from 10 ms on; each answer then makes room for one: after 1 s, 100 were sent and 10 wait.
  const clock = new VirtualClock()
  const seats = poolOf(1, clock, () => 10_000)
  const reading = await paced(seats, { durationMs: 1_000, queueBound: 10 }, clock)
  t.equal(reading.planned, 1_000)
  t.equal(reading.sent, 110)
  t.equal(reading.dropped, 890)
  t.equal(reading.requests, 110, 'what waits at the end is sent all the same')
  t.equal(reading.sentPerSecond, 100, 'and the achieved rate is what was sent in time')
  t.equal(reading.latency.count, 110, 'no sample is made up for the others')
})

t.test('without room in the queue every request without a connection is dropped', async (t) => {
  const clock = new VirtualClock()
  const seats = poolOf(1, clock, () => 1_500)
  const reading = await paced(seats, { durationMs: 100, queueBound: 0 }, clock)
  t.equal(reading.sent, 50)
  t.equal(reading.dropped, 50)
})

t.test('failed requests are errors by kind and no samples', async (t) => {
  const clock = new VirtualClock()
  let sent = 0
  const seats = [0, 1].map((): Seat => (assignment) => {
    const number = ++sent
    clock.after(200, () => {
      if (number % 10 === 0) assignment.failed('body', `request ${number} was wrong`)
      else if (number % 10 === 5) assignment.failed('status', 'expected 200')
      else assignment.passed()
      assignment.release()
    })
  })
  const reading = await paced(seats, { durationMs: 1_000 }, clock)
  t.strictSame(reading.errors, { ...noErrors, body: 100, status: 100 })
  t.equal(reading.firstError, 'expected 200')
  t.equal(reading.requests, 800)
  t.equal(reading.latency.count, 800)
  t.equal(reading.service.count, 800)
  t.equal(reading.lag.count, 1_000)
})

t.test('a generator that wakes too late says so', async (t) => {
  // Every hundredth alarm wakes 5.5 ms late; at 1,000 requests/s the 5 that follow are late with it.
  const clock = new VirtualClock((alarm) => (alarm % 100 === 50 ? 5_500 : 0))
  const seats = poolOf(8, clock, () => 300)
  const reading = await paced(seats, {}, clock)
  t.equal(reading.requests, 10_000)
  t.equal(reading.lateAlthoughIdle, reading.late)
  // Late by 5.5, 4.5, 3.5, 2.5 and 1.5 ms, but not by 0.5.
  t.ok(reading.late > 400 && reading.late % 5 === 0, `${reading.late}`)
  t.equal(largest(reading.lag), 5_502, 'the middle of 5,500 to 5,503 µs')
  t.ok(largest(reading.service) === 300 && largest(reading.latency) > 5_000)
})

t.test('connections take turns, and are told how long they have rested', async (t) => {
  const clock = new VirtualClock()
  const turns: { seat: number; idleUs: number }[] = []
  const seats = [0, 1, 2].map((seat): Seat => (assignment, idleUs) => {
    turns.push({ seat, idleUs })
    clock.after(400, () => {
      assignment.passed()
      assignment.release()
    })
  })
  await paced(seats, { durationMs: 6 }, clock)
  t.strictSame(
    turns.map(({ seat }) => seat),
    [0, 1, 2, 0, 1, 2],
  )
  t.equal(turns[0]?.idleUs, Number.POSITIVE_INFINITY)
  t.equal(turns[3]?.idleUs, 2_600, 'from 0.4 ms to 3 ms')
})

t.test('a window that is cut short counts what was not sent', async (t) => {
  const clock = new VirtualClock()
  const hung: Parameters<Seat>[0][] = []
  const seats = [0, 1].map((): Seat => (assignment) => void hung.push(assignment))
  const whole = { ratePerSecond: 100, durationMs: 1_000, queueBound: 20, drainMs: 1_000 }
  const pacer = new Pacer(seats, whole, clock)
  // The schedule starts 5 ms after its making: by 500 ms, 50 requests were meant to be sent.
  clock.run(500_000)
  pacer.cut()
  for (const assignment of hung) {
    assignment.failed('timeout', 'no answer')
    assignment.release()
  }
  const reading = await pacer.finished
  t.strictSame(reading.errors, { ...noErrors, timeout: 2 })
  t.equal(reading.sent, 2)
  t.equal(reading.dropped, 98)
})

t.test('a fault of the workload ends the window at once', async (t) => {
  const clock = new VirtualClock()
  let asked = 0
  const seats = [0, 1].map((): Seat => (assignment) => {
    asked++
    assignment.fail(new Error('the script is wrong'))
  })
  await t.rejects(paced(seats, { durationMs: 100 }, clock), /the script is wrong/)
  t.equal(asked, 1)
})

t.test('a pace that cannot be kept by anyone is an error', async (t) => {
  const clock = new VirtualClock()
  await t.rejects(paced([], {}, clock), /at least one connection/)
  await t.rejects(paced([() => {}], { ratePerSecond: 0 }, clock), RangeError)
})

t.test(
  'only a connection that has rested for long may be closed as idle without an error',
  async (t) => {
    const stale: boolean[] = []
    const connection = {
      start: (...given: Parameters<Connection['start']>) => void stale.push(given[2]),
    }
    const seat = seatOf(connection, new RequestStream([], 0))
    const assignment = { over: false, passed() {}, failed() {}, fail() {}, release() {} }
    for (const idleUs of [Number.POSITIVE_INFINITY, 600_000, 400_000, 0]) seat(assignment, idleUs)
    t.strictSame(stale, [true, true, false, false])
  },
)
