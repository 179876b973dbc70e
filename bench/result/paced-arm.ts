/** What the windows of one contender at a fixed rate show: whether it held the rate, and how long answers took. */
import type { Window } from '../results.ts'
import { fewestSamples, samplesNeeded } from '../stats/histogram.ts'
import { quantileFacts, quantileMetrics, type QuantileMetric } from './metrics.ts'
import {
  type AnswerTimes,
  answerTimes,
  isGeneratorShort,
  type LagAt,
  lagsOf,
  latencyBounds,
  sum,
} from './own-lag.ts'

/** At least this share of the planned requests has to be sent within the windows. */
export const leastSentShare = 0.99

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
  /** Percentiles that in some block lie among the requests that were never sent; they are withheld. */
  readonly unsent: readonly { readonly share: number; readonly blocks: number }[]
  /** By block; blocks without windows are absent. */
  readonly blocks: ReadonlyMap<number, PacedBlock>
}

/**
 * Whether there are enough answers for the percentile. One block that is short withholds it: where the load follows a
 * contender's capacity, leaving out short blocks would leave out those in which it was slow.
 * @param counts answers of each block
 */
export const hasSamplesFor = (share: number, counts: readonly number[]): boolean =>
  counts.reduce((sum, count) => sum + count, 0) >= samplesNeeded(share) &&
  counts.every((count) => count >= fewestSamples(share))

/** @param counts answers of each block of the arm */
const quantilesOf = (block: AnswerTimes, counts: readonly number[]): Map<QuantileMetric, number> =>
  new Map(
    quantileMetrics.flatMap((metric) => {
      const { of, share } = quantileFacts[metric]
      if (!hasSamplesFor(share, counts)) return []
      const us =
        of === 'latency'
          ? latencyBounds(block, share)?.mostUs
          : block.service.quantile(share, 0, fewestSamples(share))
      return us === undefined ? [] : [[metric, us] as const]
    }),
  )

/** Leaving out the blocks in which a percentile was beyond every answer would leave out the worst ones. */
const unsentOf = (blocks: readonly PacedBlock[], counts: readonly number[]): PacedArm['unsent'] =>
  quantileMetrics.flatMap((metric) => {
    const { of, share } = quantileFacts[metric]
    if (of !== 'latency' || !hasSamplesFor(share, counts)) return []
    const lacking = blocks.filter(({ quantilesUs }) => !quantilesUs.has(metric)).length
    return lacking === 0 ? [] : [{ share, blocks: lacking }]
  })

/** @param windows all at this rate, of one contender */
export const pacedArm = (ratePerSecond: number, windows: readonly Window[]): PacedArm => {
  const paced = windows.flatMap((window) => window.paced ?? [])
  const planned = sum(paced, (each) => each.planned)
  const sentShare = sum(paced, ({ sentInTime }) => sentInTime) / Math.max(1, planned)
  const byBlock = [...Map.groupBy(windows, ({ block }) => block)].map(
    ([block, inBlock]) =>
      [block, answerTimes(inBlock.flatMap((each) => each.paced ?? []))] as const,
  )
  const counts = byBlock.map(([, own]) => own.latency.count)
  const blocks = new Map(
    byBlock.map(([block, own]): [number, PacedBlock] => [
      block,
      { answers: own.latency.count, quantilesUs: quantilesOf(own, counts) },
    ]),
  )
  const holdsRate = sentShare >= leastSentShare
  const all = answerTimes(paced)
  return {
    ratePerSecond,
    sentShare,
    holdsRate,
    isGeneratorShort: !holdsRate && isGeneratorShort(all),
    lags: lagsOf(
      byBlock.map(([, own]) => own),
      all,
    ),
    unsent: unsentOf([...blocks.values()], counts),
    blocks,
  }
}

/** Requests per second that were sent in time. */
export const achievedPerSecond = ({ ratePerSecond, sentShare }: PacedArm): number =>
  ratePerSecond * sentShare

/** Whether the percentile below which this share of its latencies lies may be shown. */
export const hasLatencyAt = ({ holdsRate, lags, unsent }: PacedArm, share: number): boolean =>
  holdsRate &&
  lags.some((lag) => lag.share === share && lag.ok) &&
  unsent.every((each) => each.share !== share)
