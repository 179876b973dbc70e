/** The tally of one paced window: three histograms, and a count for everything that is in none of them. */
import type { PacedReading, WindowErrors } from '../../../engine.ts'
import { Histogram } from '../../../stats/histogram.ts'
import type { Schedule } from './schedule.ts'

/** A request that is sent later than this after its intended time is counted as late. */
const lateFromUs = 1_000

/** What a tally knows; the generator's CPU time is measured outside. */
export type PacedCounts = Omit<PacedReading, 'generatorCpuNs'>

const wholeUs = (fromUs: number, toUs: number): number => Math.round(Math.max(0, toUs - fromUs))

export class PacedTally {
  readonly #latency = new Histogram()
  readonly #service = new Histogram()
  readonly #lag = new Histogram()
  readonly #errors: WindowErrors = { status: 0, body: 0, socket: 0, timeout: 0 }
  #firstError: string | undefined
  #sentInTime = 0
  #late = 0
  #lateAlthoughIdle = 0
  #dropped = 0

  /** @param queued it had to wait for an idle connection */
  sent(intendedUs: number, sentUs: number, queued: boolean, schedule: Schedule): void {
    this.#lag.record(wholeUs(intendedUs, sentUs))
    if (sentUs < schedule.endUs) this.#sentInTime++
    if (sentUs - intendedUs <= lateFromUs) return
    this.#late++
    if (!queued) this.#lateAlthoughIdle++
  }

  /** The answer is in and passed its check. */
  passed(intendedUs: number, sentUs: number, endUs: number): void {
    this.#latency.record(wholeUs(intendedUs, endUs))
    this.#service.record(wholeUs(sentUs, endUs))
  }

  /** The request failed: it is no sample of any latency. */
  failed(kind: keyof WindowErrors, reason: string): void {
    this.#errors[kind]++
    this.#firstError ??= reason
  }

  /** So many requests will never be sent. */
  dropped(requests: number): void {
    this.#dropped += requests
  }

  /** @param elapsedUs from the start of the schedule to the last answer */
  counts(schedule: Schedule, durationMs: number, elapsedUs: number): PacedCounts {
    return {
      planned: schedule.count,
      sent: this.#lag.count,
      requests: this.#latency.count,
      errors: this.#errors,
      ...(this.#firstError === undefined ? {} : { firstError: this.#firstError }),
      late: this.#late,
      lateAlthoughIdle: this.#lateAlthoughIdle,
      dropped: this.#dropped,
      sentPerSecond: (this.#sentInTime * 1000) / durationMs,
      elapsedNs: Math.round(elapsedUs * 1000),
      latency: this.#latency.toRecord(),
      service: this.#service.toRecord(),
      lag: this.#lag.toRecord(),
    }
  }
}
