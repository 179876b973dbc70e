/**
 * How late the load generator itself was, and how long answers took without that. Pure.
 *
 * Latency counts from the time at which a request was meant to be sent. What passes from then until it is sent is either
 * waiting for an idle connection, which is the server's doing, or the generator's own lag, which is not. The two can
 * only be told apart where they are more than 1 ms; so a percentile of latency without that lag lies between bounds.
 */
import type { Paced } from '../results.ts'
import { fewestSamples, Histogram, type HistogramRecord } from '../stats/histogram.ts'

export const lagLimits = {
  /** Of a percentile: so much of what is shown may be the generator's doing. */
  shareOfLatency: 0.1,
  /** The own lag at a percentile of which it is a part. */
  mostUs: 1_000,
  /** The own lag at a percentile that it is no part of: with more, requests come in bursts that nobody asked for. */
  mostApartUs: { p50: 1_000, p99: 10_000 },
} as const

const sum = (windows: readonly Paced[], of: (each: Paced) => number): number =>
  windows.reduce((total, each) => total + of(each), 0)

export const merged = (records: readonly HistogramRecord[]): Histogram => {
  const all = new Histogram()
  for (const record of records) all.merge(Histogram.fromRecord(record))
  return all
}

/** Requests that left more than 1 ms late because no connection was idle. */
const waitedIn = (windows: readonly Paced[]): number =>
  sum(windows, ({ late, lateAlthoughIdle }) => late - lateAlthoughIdle)

/**
 * The lag histogram holds waiting for an idle connection as well. Of those that came more than 1 ms late the tally knows
 * whose doing it was; they are the upper end of the histogram, so without the server's the rank counts from below. It
 * is exact up to 1 ms, and beyond that at least 1 ms.
 */
export const ownLag = (lag: Histogram, windows: readonly Paced[], share: number): number =>
  lag.valueAtRank(Math.ceil(share * (lag.count - waitedIn(windows)))) ?? 0

/**
 * Whose doing it is that a rate was not sent: the generator's where its own lag is beyond 1 ms and more requests were
 * late with a connection idle than waited for one or were dropped.
 */
export const isGeneratorShort = (lag: Histogram, windows: readonly Paced[]): boolean =>
  ownLag(lag, windows, 0.99) > lagLimits.mostUs &&
  sum(windows, ({ lateAlthoughIdle }) => lateAlthoughIdle) >
    waitedIn(windows) + sum(windows, ({ dropped }) => dropped)

/** What the requests of some windows took. */
export interface AnswerTimes {
  /** From when a request was meant to be sent. */
  readonly latency: Histogram
  /** From when it was sent. */
  readonly service: Histogram
  /** Requests that were never sent: whatever they would have waited is longer than what was answered. */
  readonly dropped: number
  /** Requests that left more than 1 ms late because no connection was idle. */
  readonly waited: number
}

export const answerTimes = (windows: readonly Paced[]): AnswerTimes => ({
  latency: merged(windows.map(({ latency }) => latency)),
  service: merged(windows.map(({ service }) => service)),
  dropped: sum(windows, ({ dropped }) => dropped),
  waited: waitedIn(windows),
})

/** A percentile of latency without the generator's own lag lies between these. */
export interface LatencyBounds {
  readonly leastUs: number
  readonly mostUs: number
}

/**
 * Bounds of the latency, without the generator's own lag, at or below which this share of the requests lies.
 *
 * Nobody's latency is shorter than its time from sending to answer, or longer than its latency with the lag in it. Nor
 * is it longer than the time from sending for all but those w that waited: the value at rank q n + w of n such times
 * has at least q n latencies at or below it, whatever those w were. Waiting of less than 1 ms is not counted among
 * them; where a pool has connections for some 50 ms of requests, who waits has met a stall, and few in it so shortly.
 * @returns undefined with too few answers, or where it is among those that were never sent
 */
export const latencyBounds = (
  { latency, service, dropped, waited }: AnswerTimes,
  share: number,
): LatencyBounds | undefined => {
  const needed = fewestSamples(share)
  const leastUs = service.quantile(share, dropped, needed)
  const upper = [
    latency.quantile(share, dropped, needed),
    service.quantile(share, dropped + Math.ceil(waited / share), needed),
  ].filter((us) => us !== undefined)
  return leastUs === undefined || upper.length === 0
    ? undefined
    : { leastUs, mostUs: Math.max(leastUs, Math.min(...upper)) }
}

/** How far a percentile may be the generator's doing. */
export interface LagAt {
  readonly name: 'p50' | 'p99'
  readonly share: number
  /** This share of the requests was sent no later than this by the generator's doing. */
  readonly ownUs: number
  /** Of the value that is shown, so much may be the generator's doing: 0.1 for a tenth. */
  readonly uncertainty: number
  /** Over all blocks: what is shown, and the same with the generator's own lag in it. */
  readonly shownUs: number
  readonly withLagUs: number
  /** The percentile may be shown. */
  readonly ok: boolean
}

const percentiles = [
  ['p50', 0.5],
  ['p99', 0.99],
] as const

/**
 * The upper bound is shown, so what may be the generator's doing is its distance from the lower one; or the own lag at
 * the same percentile, where that is less.
 * @param windows all at one rate, of one contender
 */
export const lagsOf = (windows: readonly Paced[]): LagAt[] => {
  const times = answerTimes(windows)
  const lag = merged(windows.map((each) => each.lag))
  return percentiles.map(([name, share]) => {
    const ownUs = ownLag(lag, windows, share)
    const bounds = latencyBounds(times, share)
    const withLagUs = times.latency.valueAtRank(Math.ceil(share * times.latency.count)) ?? 0
    const asPart = ownUs / Math.max(1, withLagUs)
    const uncertainties = [
      ...(ownUs <= lagLimits.mostUs ? [asPart] : []),
      ...(bounds !== undefined && ownUs <= lagLimits.mostApartUs[name]
        ? [1 - bounds.leastUs / Math.max(1, bounds.mostUs)]
        : []),
    ]
    const uncertainty =
      uncertainties.length === 0 ? Math.max(1, asPart) : Math.min(...uncertainties)
    return {
      name,
      share,
      ownUs,
      uncertainty,
      shownUs: bounds?.mostUs ?? withLagUs,
      withLagUs,
      ok: uncertainty <= lagLimits.shareOfLatency,
    }
  })
}
