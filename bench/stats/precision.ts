/** When a run knows enough: by the width of its intervals, never by what they say. */
import type { Estimate } from './interval.ts'

/**
 * No run stops on its width before this many blocks: the spread of fewer is itself so uncertain that stopping where
 * it happens to look small would make intervals too narrow (simulated: coverage 92 to 93 % from 5, 94 to 95 % from 8).
 */
export const leastPreciseBlocks = 8

/**
 * Whether every interval is as narrow as was asked, so that `--precision` may end the run after this block. It looks
 * at spreads alone: stopping on a significant difference would find one in 16 to 24 % of runs without any.
 * Where it never says yes, the budget ends the run.
 * @param logRatios of all comparisons that verdicts are given in; none is never enough
 * @param precision largest half-width of an interval, as a share: 0.02; on the logarithmic scale ln(1 + precision)
 */
export const isPrecise = (
  logRatios: readonly Pick<Estimate, 'low' | 'high' | 'blocks'>[],
  precision: number,
): boolean =>
  logRatios.length > 0 &&
  logRatios.every(
    ({ low, high, blocks }) =>
      low !== undefined &&
      high !== undefined &&
      blocks >= leastPreciseBlocks &&
      (high - low) / 2 <= Math.log1p(precision),
  )
