/** What the windows of one contender at a fixed rate show: whether it held the rate, and how long answers took. */
import type { Paced, Window } from '../results.ts'
import { Histogram, type HistogramRecord } from '../stats/histogram.ts'
import { quantileFacts, quantileMetrics, type QuantileMetric } from './metrics.ts'

/** At least this share of the planned requests has to be sent within the windows. */
export const leastSentShare = 0.99

/** The generator's own lag in 99 of 100 requests: at most so long, and at most so large a share of the median. */
export const lagLimits = { mostUs: 1_000, shareOfP50: 0.1 } as const

/** One block, over its windows. */
interface PacedBlock {
  /** Right answers, which latencies are of. */
  readonly answers: number
  /** In microseconds; without those that it has too few answers for. */
  readonly quantilesUs: ReadonlyMap<QuantileMetric, number>
}

export interface PacedArm {
  readonly ratePerSecond: number
  /** Share of the planned requests that was sent within the windows. */
  readonly sentShare: number
  readonly holdsRate: boolean
  /** Where the rate was not held: connections were idle, so it is the generator that could not send so fast. */
  readonly isGeneratorShort: boolean
  /** 99 of 100 requests were sent no later than this by the generator's doing, in microseconds. */
  readonly ownLagP99Us: number
  readonly lagLimitUs: number
  /** The generator kept the time well enough for latencies to be the server's. */
  readonly isPunctual: boolean
  /** By block; blocks without windows are absent. */
  readonly blocks: ReadonlyMap<number, PacedBlock>
}

const merged = (records: readonly HistogramRecord[]): Histogram => {
  const all = new Histogram()
  for (const record of records) all.merge(Histogram.fromRecord(record))
  return all
}

/**
 * The lag histogram holds waiting for an idle connection as well, which is the server's doing. Of those that came more
 * than 1 ms late the tally knows whose doing it was; they are the upper end of the histogram, so without the
 * server's the rank counts from below. It is exact up to 1 ms, and beyond that at least 1 ms, which is past the limit.
 */
const ownLagP99 = (lag: Histogram, windows: readonly Paced[]): number => {
  const byServer = windows.reduce(
    (sum, { late, lateAlthoughIdle }) => sum + late - lateAlthoughIdle,
    0,
  )
  return lag.valueAtRank(Math.ceil(0.99 * (lag.count - byServer))) ?? 0
}

const quantilesOf = (
  histograms: Readonly<Record<'latency' | 'service', Histogram>>,
): Map<QuantileMetric, number> =>
  new Map(
    quantileMetrics.flatMap((metric) => {
      const { of, share } = quantileFacts[metric]
      const us = histograms[of].quantile(share)
      return us === undefined ? [] : [[metric, us] as const]
    }),
  )

/** @param windows all at this rate, of one contender */
export const pacedArm = (ratePerSecond: number, windows: readonly Window[]): PacedArm => {
  const paced = windows.flatMap((window) => window.paced ?? [])
  const total = (of: (each: Paced) => number): number =>
    paced.reduce((sum, each) => sum + of(each), 0)
  const sentShare =
    total((each) => each.sentInTime) /
    Math.max(
      1,
      total((each) => each.planned),
    )
  const latency = new Histogram()
  const blocks = new Map(
    [...Map.groupBy(windows, ({ block }) => block)].map(
      ([block, inBlock]): [number, PacedBlock] => {
        const known = inBlock.flatMap((window) => window.paced ?? [])
        const own = {
          latency: merged(known.map((each) => each.latency)),
          service: merged(known.map(({ service }) => service)),
        }
        latency.merge(own.latency)
        return [block, { answers: own.latency.count, quantilesUs: quantilesOf(own) }]
      },
    ),
  )
  const p50Us = latency.valueAtRank(Math.ceil(latency.count / 2)) ?? 0
  const lagLimitUs = Math.min(lagLimits.mostUs, lagLimits.shareOfP50 * p50Us)
  const ownLagP99Us = ownLagP99(merged(paced.map(({ lag }) => lag)), paced)
  const holdsRate = sentShare >= leastSentShare
  return {
    ratePerSecond,
    sentShare,
    holdsRate,
    isGeneratorShort: !holdsRate && ownLagP99Us > lagLimits.mostUs,
    ownLagP99Us,
    lagLimitUs,
    isPunctual: ownLagP99Us <= lagLimitUs,
    blocks,
  }
}

/** Requests per second that were sent in time. */
export const achievedPerSecond = ({ ratePerSecond, sentShare }: PacedArm): number =>
  ratePerSecond * sentShare

/** Whether its latencies may be shown. */
export const hasLatency = ({ holdsRate, isPunctual }: PacedArm): boolean => holdsRate && isPunctual
