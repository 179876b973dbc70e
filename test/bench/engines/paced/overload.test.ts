/** A server that is asked for many times what it can serve: told quickly, and without errors. */
import t from 'tap'
import { Pacer } from '../../../../bench/engines/built-in/paced/pacer.ts'
import type { Pace, Seat } from '../../../../bench/engines/built-in/paced/pacer.ts'
import { VirtualClock } from '../../../helpers/virtual-clock.ts'

/** A server with one worker: answers come one after the other, whatever connection they were asked on. */
const serverOf = (connections: number, clock: VirtualClock, serviceUs: number): Seat[] => {
  let freeAtUs = 0
  return Array.from({ length: connections }, (): Seat => (assignment) => {
    freeAtUs = Math.max(freeAtUs, clock.nowUs()) + serviceUs
    clock.after(freeAtUs - clock.nowUs(), () => {
      assignment.passed()
      assignment.release()
    })
  })
}

const run = async (serviceUs: number, pace: Partial<Pace> = {}) => {
  const clock = new VirtualClock()
  const whole = {
    ratePerSecond: 10_000,
    durationMs: 1_500,
    queueBound: 10_000,
    drainMs: 1_000,
    ...pace,
  }
  const pacer = new Pacer(serverOf(100, clock, serviceUs), whole, clock)
  clock.run()
  return pacer.finished
}

t.test('a server of a tenth of the rate is given up a second after the window', async (t) => {
  // 1,000 requests/s are served: 1,500 within the window and 1,000 in the second after it. Then the 100 in flight
  // take 0.1 s. Sent in time are those 100 and one more for each answer but the last, at the end itself: 1,599.
  const reading = await run(1_000)
  t.equal(reading.planned, 15_000)
  t.same(reading.errors, { status: 0, body: 0, socket: 0, timeout: 0 })
  t.ok(Math.abs(reading.sentPerSecond * 1.5 - 1_599) <= 1, `${reading.sentPerSecond}`)
  t.ok(Math.abs(reading.requests - 2_600) <= 1, `${reading.requests}`)
  t.equal(reading.requests + reading.dropped, reading.planned, 'everything is accounted for')
  t.ok(Math.abs(reading.elapsedNs / 1e6 - 2_600) <= 2, `${reading.elapsedNs}`)
})

t.test('a server of a hundredth of it is too, but for what is in flight', async (t) => {
  const reading = await run(10_000)
  // 100 requests/s: at 2.5 s nothing more is sent, and the 100 in flight take a second.
  t.ok(Math.abs(reading.elapsedNs / 1e6 - 3_500) <= 20, `${reading.elapsedNs}`)
  t.equal(reading.requests + reading.dropped, reading.planned)
})

t.test('the queue holds no more than its bound, whatever the rate', async (t) => {
  const reading = await run(1_000, { queueBound: 100, drainMs: 60_000 })
  // 100 in flight, then 1,500 answers make room for as many, and the 100 that wait at the end are answered.
  t.ok(Math.abs(reading.requests - 1_700) <= 2, `${reading.requests}`)
  t.equal(reading.requests + reading.dropped, reading.planned)
})

t.test('a stall at the end of a window is waited for, and nothing is dropped', async (t) => {
  const clock = new VirtualClock()
  let served = 0
  const seats = Array.from({ length: 4 }, (): Seat => (assignment) => {
    // The last 100 ms of the window, on all connections.
    const isStalled = ++served > 900 && served <= 904
    clock.after(isStalled ? 500_000 : 100, () => {
      assignment.passed()
      assignment.release()
    })
  })
  const pacer = new Pacer(
    seats,
    { ratePerSecond: 1_000, durationMs: 1_000, queueBound: 1_000, drainMs: 1_000 },
    clock,
  )
  clock.run()
  const reading = await pacer.finished
  t.equal(reading.dropped, 0)
  t.equal(reading.requests, 1_000)
  t.ok(reading.late > 90)
})
