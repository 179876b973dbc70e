/** Sends requests when they are meant to be sent, through whatever can send one: no socket and no timer in here. */
import type { WindowErrors } from '../../../engine.ts'
import type { Assignment } from '../assignment.ts'
import type { Clock } from './clock.ts'
import { constantRate } from './schedule.ts'
import type { Schedule } from './schedule.ts'
import { PacedTally } from './tally.ts'
import type { PacedCounts } from './tally.ts'
import { TimeQueue } from './time-queue.ts'

/**
 * Sends one request, tells the assignment what became of it, and releases it when the next may come.
 * @param idleUs how long it has had nothing to do
 */
export type Seat = (assignment: Assignment, idleUs: number) => void

/** What a pacer is to do. */
export interface Pace {
  readonly ratePerSecond: number
  readonly durationMs: number
  /** How many requests may wait for an idle connection; those beyond are dropped and counted. */
  readonly queueBound: number
  /** So long after the window's end those that still wait are given up: they are dropped and counted. */
  readonly drainMs: number
}

/** From its making to the first request, so that this one is not late already. */
const leadUs = 5_000

/** One seat's request: reused, so that a request allocates nothing. */
class Turn implements Assignment {
  over = false
  intendedUs = 0
  sentUs = 0
  freeSinceUs = Number.NEGATIVE_INFINITY
  readonly seat: Seat
  readonly #pacer: Pacer

  constructor(pacer: Pacer, seat: Seat) {
    this.#pacer = pacer
    this.seat = seat
  }

  passed(): void {
    this.over = true
    this.#pacer.passed(this)
  }

  failed(kind: keyof WindowErrors, reason: string): void {
    this.over = true
    this.#pacer.failed(kind, reason)
  }

  fail(error: unknown): void {
    this.#pacer.fail(error)
  }

  release(): void {
    this.#pacer.release(this)
  }
}

export class Pacer {
  readonly finished: Promise<PacedCounts>
  readonly #pace: Pace
  readonly #clock: Clock
  readonly #schedule: Schedule
  readonly #startUs: number
  readonly #settle: (counts: PacedCounts) => void
  readonly #reject: (error: unknown) => void
  readonly #tally = new PacedTally()
  /** Those without a request. The one that has rested longest is first, so that no connection is forgotten. */
  readonly #idle: Turn[]
  readonly #seats: number
  readonly #queue: TimeQueue
  /** The next request of the schedule. */
  #next = 0
  #ended = false

  /**
   * Starts the schedule.
   * @throws RangeError without a seat, or for a pace that makes no schedule
   */
  constructor(seats: readonly Seat[], pace: Pace, clock: Clock) {
    if (seats.length === 0) throw new RangeError('Expected at least one connection, found none')
    this.#pace = pace
    this.#clock = clock
    this.#startUs = clock.nowUs() + leadUs
    this.#schedule = constantRate(this.#startUs, pace.ratePerSecond, pace.durationMs)
    this.#queue = new TimeQueue(pace.queueBound)
    this.#seats = seats.length
    this.#idle = seats.map((seat) => new Turn(this, seat))
    const { promise, resolve, reject } = Promise.withResolvers<PacedCounts>()
    this.finished = promise
    this.#settle = resolve
    this.#reject = reject
    clock.wakeAt(this.#startUs, this.#quiet, this.#tick)
  }

  /** Sends nothing more: what is not under way counts as dropped. The window ends when all seats are released. */
  cut(): void {
    this.#clock.cancel()
    this.#tally.dropped(this.#schedule.count - this.#next)
    this.#next = this.#schedule.count
    this.#giveUp()
  }

  /** Ends the window without a reading. */
  fail(error: unknown): void {
    this.#ended = true
    this.#next = this.#schedule.count
    this.#clock.cancel()
    this.#reject(error)
  }

  /** A turn's answer passed. */
  passed({ intendedUs, sentUs }: Turn): void {
    this.#tally.passed(intendedUs, sentUs, this.#clock.nowUs())
  }

  /** A turn's request failed. */
  failed(kind: keyof WindowErrors, reason: string): void {
    this.#tally.failed(kind, reason)
  }

  /** A turn is over; its seat goes on with the request that has waited longest. */
  release(turn: Turn): void {
    if (this.#ended) return
    turn.freeSinceUs = this.#clock.nowUs()
    const intendedUs = this.#queue.shift()
    if (intendedUs !== undefined) {
      this.#send(turn, intendedUs, true)
      return
    }
    this.#idle.push(turn)
    this.#endIfDone()
  }

  #quiet = (): boolean => this.#idle.length === this.#seats

  #tick = (): void => {
    const schedule = this.#schedule
    // Only what is due by now: were the clock read again and again, a generator that cannot keep up would never
    // come to read an answer.
    const nowUs = this.#clock.nowUs()
    for (; this.#next < schedule.count; this.#next++) {
      const intendedUs = schedule.intendedUs(this.#next)
      if (intendedUs > nowUs) {
        this.#clock.wakeAt(intendedUs, this.#quiet, this.#tick)
        return
      }
      this.#arrive(intendedUs)
    }
    if (this.#queue.length > 0)
      this.#clock.wakeAt(schedule.endUs + this.#pace.drainMs * 1_000, this.#quiet, this.#giveUp)
    this.#endIfDone()
  }

  /** Drops what waits for a connection; what is in flight is still awaited. */
  #giveUp = (): void => {
    this.#tally.dropped(this.#queue.length)
    this.#queue.clear()
    this.#endIfDone()
  }

  #arrive(intendedUs: number): void {
    const turn = this.#idle.shift()
    if (turn !== undefined) this.#send(turn, intendedUs, false)
    else if (!this.#queue.push(intendedUs)) this.#tally.dropped(1)
  }

  #send(turn: Turn, intendedUs: number, queued: boolean): void {
    const sentUs = this.#clock.nowUs()
    turn.over = false
    turn.intendedUs = intendedUs
    turn.sentUs = sentUs
    this.#tally.sent(intendedUs, sentUs, queued, this.#schedule)
    turn.seat(turn, sentUs - turn.freeSinceUs)
  }

  #endIfDone(): void {
    if (this.#ended || this.#next < this.#schedule.count || !this.#quiet()) return
    this.#ended = true
    this.#clock.cancel()
    const elapsedUs = this.#clock.nowUs() - this.#startUs
    this.#settle(this.#tally.counts(this.#schedule, this.#pace.durationMs, elapsedUs))
  }
}
