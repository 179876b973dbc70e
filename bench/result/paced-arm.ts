/** What the windows of one contender at a fixed rate show: whether it held the rate, and how long answers took. */
import type { Paced, Window } from '../results.ts'
import {
  Histogram,
  type HistogramRecord,
  samplesNeeded,
  fewestSamples,
} from '../stats/histogram.ts'
import { quantileFacts, quantileMetrics, type QuantileMetric } from './metrics.ts'

/** At least this share of the planned requests has to be sent within the windows. */
export const leastSentShare = 0.99

/** The generator's own lag at a percentile: at most so long, and at most so large a share of the latency there. */
export const lagLimits = { mostUs: 1_000, shareOfLatency: 0.1 } as const

/** The generator's own lag beside the latency at the same percentile. */
export interface LagAt {
  readonly name: 'p50' | 'p99'
  readonly share: number
  /** This share of the requests was sent no later than this by the generator's doing. */
  readonly ownUs: number
  readonly limitUs: number
  /** The generator kept the time well enough for this percentile to be the server's. */
  readonly ok: boolean
}

/** One block, over its windows. */
interface PacedBlock {
  /** Right answers, which latencies are of. */
  readonly answers: number
  /** In microseconds; without those that there are too few answers for (`hasSamplesFor`). */
  readonly quantilesUs: ReadonlyMap<QuantileMetric, number>
}

export interface PacedArm {
  readonly ratePerSecond: number
  /** Share of the planned requests that was sent within the windows. */
  readonly sentShare: number
  readonly holdsRate: boolean
  /** Where the rate was not held: it is the generator that could not send so fast. */
  readonly isGeneratorShort: boolean
  /** By percentile, lowest first. */
  readonly lags: readonly LagAt[]
  /** By block; blocks without windows are absent. */
  readonly blocks: ReadonlyMap<number, PacedBlock>
}

const merged = (records: readonly HistogramRecord[]): Histogram => {
  const all = new Histogram()
  for (const record of records) all.merge(Histogram.fromRecord(record))
  return all
}

const sum = (windows: readonly Paced[], of: (each: Paced) => number): number =>
  windows.reduce((total, each) => total + of(each), 0)

/**
 * The lag histogram holds waiting for an idle connection as well, which is the server's doing. Of those that came more
 * than 1 ms late the tally knows whose doing it was; they are the upper end of the histogram, so without the
 * server's the rank counts from below. It is exact up to 1 ms, and beyond that at least 1 ms, which is past the limit.
 */
export const ownLag = (lag: Histogram, windows: readonly Paced[], share: number): number => {
  const byServer = sum(windows, ({ late, lateAlthoughIdle }) => late - lateAlthoughIdle)
  return lag.valueAtRank(Math.ceil(share * (lag.count - byServer))) ?? 0
}

/**
 * Whose doing it is that a rate was not sent: the generator's where its own lag is beyond what is ever allowed and more
 * requests were late with a connection idle than waited for one or were dropped.
 */
export const isGeneratorShort = (lag: Histogram, windows: readonly Paced[]): boolean =>
  ownLag(lag, windows, 0.99) > lagLimits.mostUs &&
  sum(windows, ({ lateAlthoughIdle }) => lateAlthoughIdle) >
    sum(windows, ({ late, lateAlthoughIdle, dropped }) => late - lateAlthoughIdle + dropped)

const lagsOf = (latency: Histogram, lag: Histogram, windows: readonly Paced[]): LagAt[] => {
  return (
    [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const
  ).map(([name, share]) => {
    const latencyUs = latency.valueAtRank(Math.ceil(share * latency.count)) ?? 0
    const limitUs = Math.min(lagLimits.mostUs, lagLimits.shareOfLatency * latencyUs)
    const ownUs = ownLag(lag, windows, share)
    return { name, share, ownUs, limitUs, ok: ownUs <= limitUs }
  })
}

/** The windows of one block taken together. */
interface Merged {
  readonly latency: Histogram
  readonly service: Histogram
  /** Requests that were never sent: whatever they would have waited is longer than what was answered. */
  readonly dropped: number
}

const mergedBlock = (windows: readonly Paced[]): Merged => ({
  latency: merged(windows.map(({ latency }) => latency)),
  service: merged(windows.map(({ service }) => service)),
  dropped: sum(windows, ({ dropped }) => dropped),
})

/**
 * Whether there are enough answers for the percentile. One block that is short withholds it: where the load follows a
 * contender's capacity, leaving out short blocks would leave out those in which it was slow.
 * @param counts answers of each block
 */
export const hasSamplesFor = (share: number, counts: readonly number[]): boolean =>
  counts.reduce((sum, count) => sum + count, 0) >= samplesNeeded(share) &&
  counts.every((count) => count >= fewestSamples(share))

/** @param counts answers of each block of the arm */
const quantilesOf = (block: Merged, counts: readonly number[]): Map<QuantileMetric, number> =>
  new Map(
    quantileMetrics.flatMap((metric) => {
      const { of, share } = quantileFacts[metric]
      if (!hasSamplesFor(share, counts)) return []
      const beyond = of === 'latency' ? block.dropped : 0
      const us = block[of].quantile(share, beyond, fewestSamples(share))
      return us === undefined ? [] : [[metric, us] as const]
    }),
  )

/** @param windows all at this rate, of one contender */
export const pacedArm = (ratePerSecond: number, windows: readonly Window[]): PacedArm => {
  const paced = windows.flatMap((window) => window.paced ?? [])
  const planned = sum(paced, (each) => each.planned)
  const sentShare = sum(paced, ({ sentInTime }) => sentInTime) / Math.max(1, planned)
  const byBlock = [...Map.groupBy(windows, ({ block }) => block)].map(
    ([block, inBlock]) =>
      [block, mergedBlock(inBlock.flatMap((each) => each.paced ?? []))] as const,
  )
  const latency = new Histogram()
  for (const [, own] of byBlock) latency.merge(own.latency)
  const counts = byBlock.map(([, own]) => own.latency.count)
  const blocks = new Map(
    byBlock.map(([block, own]): [number, PacedBlock] => [
      block,
      { answers: own.latency.count, quantilesUs: quantilesOf(own, counts) },
    ]),
  )
  const holdsRate = sentShare >= leastSentShare
  const lag = merged(paced.map((each) => each.lag))
  return {
    ratePerSecond,
    sentShare,
    holdsRate,
    isGeneratorShort: !holdsRate && isGeneratorShort(lag, paced),
    lags: lagsOf(latency, lag, paced),
    blocks,
  }
}

/** Requests per second that were sent in time. */
export const achievedPerSecond = ({ ratePerSecond, sentShare }: PacedArm): number =>
  ratePerSecond * sentShare

/** Whether the percentile below which this share of its latencies lies may be shown. */
export const hasLatencyAt = ({ holdsRate, lags }: PacedArm, share: number): boolean =>
  holdsRate && lags.some((lag) => lag.share === share && lag.ok)
