/**
 * How late the load generator itself was, and how long answers took without that. Pure.
 *
 * Latency counts from the time at which a request was meant to be sent. What passes from then until it is sent is either
 * waiting for an idle connection, which is the server's doing, or the generator's own lag, which is not. The two can
 * only be told apart where they are more than 1 ms; so a percentile of latency without that lag lies between bounds.
 */
import type { Paced } from '../results.ts'
import { type ShownPercentile, shownPercentiles } from './metrics.ts'
import { fewestSamples, Histogram, type HistogramRecord, rankOf } from '../stats/histogram.ts'

export const lagLimits = {
  /** So much of a percentile that is shown may be the generator's late sending. */
  shareOfLatency: 0.1,
  /** A rate was not sent by the generator's doing where p99 of its lag is beyond this; the tally counts from here on. */
  mostUs: 1_000,
  /** Beyond either of these requests came in bursts that nobody asked for. */
  burstsFromUs: { p50: 1_000, p99: 10_000 },
} as const

export const sum = (windows: readonly Paced[], of: (each: Paced) => number): number =>
  windows.reduce((total, each) => total + of(each), 0)

const merged = (records: readonly HistogramRecord[]): Histogram => {
  const all = new Histogram()
  for (const record of records) all.add(record)
  return all
}

/** What became of the requests of some windows at one rate. */
export interface AnswerTimes {
  /** From when a request was meant to be sent to its answer. */
  readonly latency: Histogram
  /** From when it was sent. */
  readonly service: Histogram
  /** From when it was meant to be sent until it was. */
  readonly lag: Histogram
  /** Requests that were never sent: whatever they would have waited is longer than what was answered. */
  readonly dropped: number
  /** Requests that left more than 1 ms late because no connection was idle when their turn came. */
  readonly waited: number
  /** Those that left so late with a connection idle. */
  readonly lateAlthoughIdle: number
}

export const answerTimes = (windows: readonly Paced[]): AnswerTimes => ({
  latency: merged(windows.map(({ latency }) => latency)),
  service: merged(windows.map(({ service }) => service)),
  lag: merged(windows.map(({ lag }) => lag)),
  dropped: sum(windows, ({ dropped }) => dropped),
  waited: sum(windows, ({ late, lateAlthoughIdle }) => late - lateAlthoughIdle),
  lateAlthoughIdle: sum(windows, ({ lateAlthoughIdle }) => lateAlthoughIdle),
})

/**
 * This share of the requests was sent no later than that by the generator's doing. Those that waited are taken to be the
 * upper end of the lag, so it is a little too large up to 1 ms, where shorter waits are in it, and may be too small beyond.
 */
export const ownLag = ({ lag, waited }: AnswerTimes, share: number): number =>
  lag.valueAtRank(rankOf(share, lag.count - waited)) ?? 0

/**
 * Whose doing it is that a rate was not sent: the generator's where its own lag is beyond 1 ms and more requests were
 * late with a connection idle than waited for one or were dropped.
 */
export const isGeneratorShort = (times: AnswerTimes): boolean =>
  ownLag(times, 0.99) > lagLimits.mostUs && times.lateAlthoughIdle > times.waited + times.dropped

/** A percentile of latency without the generator's own lag lies between these. */
export interface LatencyBounds {
  readonly leastUs: number
  readonly mostUs: number
}

/** Lags that are tried for the lower bound, as shares of the upper one. */
const triedLags = [0.01, 0.02, 0.05, 0.1]

/**
 * Bounds of the latency T, without the generator's own lag, at or below which this share of the requests lies. S is the
 * time from sending, L the latency with the lag in it; r is the rank that is asked for, dropped requests being slowest.
 *
 * - T <= L for every request, so T at r <= L at r.
 * - T = S for all but the w that waited, so T at r <= S at r + w, whatever those w were.
 * - T >= S for every request, so T at r >= S at r.
 * - T >= L - b for all but the k that were more than b late by the generator's doing, so T at r >= L at r - k, less b.
 *
 * Waiting of less than 1 ms is not counted in w. Where a pool has connections for some 50 ms of requests (up to 10,000/s),
 * who waits has met a stall, and few in it so shortly.
 * @returns undefined with too few answers, or where it is among those that were never sent
 */
export const latencyBounds = (
  { latency, service, lag, dropped, waited }: AnswerTimes,
  share: number,
): LatencyBounds | undefined => {
  const { count } = service
  const rank = rankOf(share, count + dropped)
  if (count < fewestSamples(share) || rank > count) return undefined
  const at = (times: Histogram, of: number): number => times.valueAtRank(of) ?? 0
  const mostUs = Math.min(
    at(latency, rank),
    ...(rank + waited > count ? [] : [at(service, rank + waited)]),
  )
  const lower = triedLags.flatMap((part) => {
    const lagUs = Math.min(lagLimits.mostUs, Math.floor(part * mostUs))
    const late = Math.max(0, lag.countAbove(lagUs) - waited)
    return rank > late ? [at(latency, rank - late) - lagUs] : []
  })
  return { leastUs: Math.min(mostUs, Math.max(at(service, rank), ...lower)), mostUs }
}

/** How far a percentile may be the generator's doing. */
export interface LagAt extends Pick<ShownPercentile, 'name' | 'share' | 'metric'> {
  /** This share of the requests was sent no later than that by the generator's doing. */
  readonly ownUs: number
  /** Of the value that is shown, so much may be its late sending: 0.1 for a tenth; 1 where requests came in bursts. */
  readonly uncertainty: number
  /** Over all blocks: what is shown, and the same with the generator's own lag in it. */
  readonly shownUs: number
  readonly withLagUs: number
  /** The percentile may be shown, as far as the generator goes. */
  readonly ok: boolean
}

/** 1 where there are none. */
const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((total, value) => total + Math.log(value), 0) / Math.max(1, values.length))

/**
 * Each block shows its upper bound, and a run the geometric mean of those; so what may be the generator's doing is the
 * mean distance of the bounds. Blocks with too few answers say nothing of it.
 * @param blocks of one contender at one rate
 * @param all of them together
 */
export const lagsOf = (blocks: readonly AnswerTimes[], all: AnswerTimes): LagAt[] => {
  const { p50, p99 } = lagLimits.burstsFromUs
  const cameInBursts = ownLag(all, 0.5) > p50 || ownLag(all, 0.99) > p99
  return shownPercentiles.map((percentile): LagAt => {
    const { share } = percentile
    const known = blocks.flatMap((times) => {
      const bounds = latencyBounds(times, share)
      if (bounds === undefined) return []
      const rank = rankOf(share, times.latency.count + times.dropped)
      const withLagUs = times.latency.valueAtRank(rank) ?? bounds.mostUs
      return [{ ...bounds, withLagUs }]
    })
    const meanOf = (of: (each: (typeof known)[number]) => number): number =>
      geometricMean(known.map((each) => Math.max(1, of(each))))
    const shownUs = meanOf(({ mostUs }) => mostUs)
    const uncertainty = cameInBursts ? 1 : 1 - meanOf(({ leastUs }) => leastUs) / shownUs
    return {
      ...percentile,
      ownUs: ownLag(all, share),
      uncertainty,
      shownUs,
      withLagUs: meanOf(({ withLagUs }) => withLagUs),
      // Whole numbers of microseconds come a little beyond a tenth.
      ok: uncertainty <= lagLimits.shareOfLatency + 1e-9,
    }
  })
}
