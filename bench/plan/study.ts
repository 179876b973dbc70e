/** Studies: runs that ask how latency depends on the rate, in place of comparing at operating points. Pure. */
import { samplesNeeded, fewestSamples } from '../stats/histogram.ts'

/** A percentile that has to stay within a limit. */
export interface LatencyLimit {
  readonly metric: 'latencyP50' | 'latencyP99'
  readonly limitUs: number
}

/** Which rate is the highest at which every limit is kept? */
export interface SloStudy {
  readonly kind: 'slo'
  readonly limits: readonly LatencyLimit[]
  /** Before each probe, not counted. */
  readonly settleMs: number
}

/** How does latency grow with the rate? */
export interface SweepStudy {
  readonly kind: 'sweep'
  /** Of each contender's own capacity, lowest first. */
  readonly shares: readonly number[]
  /** Windows of each arm at each of them, in every block. */
  readonly windows: number
  readonly windowMs: number
  readonly settleMs: number
}

export type Study = SloStudy | SweepStudy

/** The rate that others are compared with for the knee, as a share of the capacity. */
export const kneeReference = 0.3

const geometric = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, step) => from * (to / from) ** (step / steps))

/** Of a contender's own capacity: 10 % to 30 % and 30 % to 110 % in equal factors, so that 30 % is one of them. */
export const sweepShares: readonly number[] = [
  ...geometric(0.1, kneeReference, 3),
  ...geometric(kneeReference, 1.1, 4),
  1.1,
].map((share) => Number(share.toFixed(3)))

/** Each arm's capacity at the beginning of a cell: a mirrored pair of windows in a closed loop. */
export const capacityProbe = { windows: 2, windowMs: 400 } as const

/**
 * Of a probe of an SLO: 3 s, less where that already has the answers that a percentile needs to be shown, more where it has
 * less than a tenth of them. A tenth is enough to pass or fail by, as the answer is confirmed.
 */
export const probeRules = {
  settleMs: 500,
  usualMs: 3_000,
  shortestMs: 1_000,
  longestMs: 12_000,
} as const

const shareOf: Readonly<Record<LatencyLimit['metric'], number>> = {
  latencyP50: 0.5,
  latencyP99: 0.99,
}

/** How long a probe at a rate is. */
export const probeMs = (ratePerSecond: number, { limits }: Pick<SloStudy, 'limits'>): number => {
  const { usualMs, shortestMs, longestMs } = probeRules
  const forMs = (samples: (share: number) => number): number =>
    Math.ceil(
      (Math.max(...limits.map(({ metric }) => samples(shareOf[metric]))) * 1_000) / ratePerSecond,
    )
  const leastMs = forMs(fewestSamples)
  if (leastMs > usualMs) return Math.min(longestMs, leastMs)
  return Math.min(usualMs, Math.max(shortestMs, forMs(samplesNeeded)))
}
