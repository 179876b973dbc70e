/** By what a ratio changes from one workload, or one run, to another. */
import type { Found, MeasuredRuns, NarrowingQuantity, RatioQuantity } from '../quantity.ts'
import { roundLogs } from '../result/measures.ts'
import type { Comparison, Result } from '../results.ts'
import { exponentiate } from '../stats/interval.ts'
import { pairedLogRatios } from '../stats/paired.ts'
import { welchDifference } from '../stats/welch.ts'
import { armOf } from './arms.ts'
import { comparisonOf } from './published.ts'
import { notesOf } from './ratio.ts'

/** ln(contender / base) by block. */
const blockLogRatios = (result: Result, quantity: RatioQuantity): number[] => {
  const [contender, base] = [quantity.contender, quantity.base].map((id) =>
    armOf(result, quantity, id),
  )
  if (contender === undefined || base === undefined) return []
  return pairedLogRatios(roundLogs(contender, quantity.metric), roundLogs(base, quantity.metric))
}

/** Whether the contender is ahead beyond doubt, in a metric of which more is better, or takes more. */
const isApart = ({ low }: Comparison): boolean => low !== undefined && low > 1

/**
 * exp of the difference of the mean log ratios, with Welch's interval: windows of two workloads are not paired, so the
 * blocks of the two places are taken for independent, which is the wider assumption.
 */
export const measureNarrowing = (
  { from, to }: NarrowingQuantity,
  measured: MeasuredRuns,
): Found => {
  const [before, after] = [comparisonOf(from, measured), comparisonOf(to, measured)]
  if ('notMeasured' in before) return before
  if ('notMeasured' in after) return after
  if (!isApart(before.comparison))
    return {
      meaningless: `no gap on ${from.workload} to start from: ${from.contender} is not shown to be above ${from.base} there`,
    }
  const { mean, low, high } = welchDifference(
    blockLogRatios(before.result, from),
    blockLogRatios(after.result, to),
    after.comparison.confidence,
  )
  const comparisons = [before.comparison, after.comparison]
  const isHeldBack = comparisons.some(
    ({ bound, controlMoved }) => bound !== undefined || controlMoved === true,
  )
  return {
    figure: {
      ...exponentiate({
        mean,
        ...(low === undefined ? {} : { low }),
        ...(high === undefined ? {} : { high }),
        blocks: after.comparison.blocks,
      }),
      ...(isHeldBack ? { bound: 'unknown' } : {}),
      notes: [
        ...new Set([
          ...notesOf(before.result, [before.comparison]),
          ...notesOf(after.result, [after.comparison]),
        ]),
      ],
    },
  }
}
