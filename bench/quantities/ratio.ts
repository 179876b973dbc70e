/** One contender against another of the same run, with the interval of their paired windows. */
import type { Found, MeasuredRuns, RatioQuantity } from '../quantity.ts'
import { isIndicative } from '../result/firmness.ts'
import type { Comparison, Result } from '../results.ts'
import { comparisonOf } from './published.ts'

/** What a reader has to know beside a number of this run. */
export const notesOf = (result: Result, comparisons: readonly Comparison[]): string[] => [
  ...(isIndicative(result) ? ['indicative'] : []),
  ...(comparisons.some(({ notSaturated }) => notSaturated === true) ? ['not saturated'] : []),
  ...(comparisons.some(({ fragile }) => fragile === true) ? ['fragile'] : []),
  ...(comparisons.some(({ controlMoved }) => controlMoved === true) ? ['control moved'] : []),
]

export const measureRatio = (quantity: RatioQuantity, measured: MeasuredRuns): Found => {
  const found = comparisonOf(quantity, measured)
  if ('notMeasured' in found) return found
  const { comparison, result } = found
  const { ratio: value, low, high, bound, controlMoved } = comparison
  // A base that differs from itself bounds nothing.
  const held = controlMoved === true ? 'unknown' : bound
  return {
    figure: {
      value,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      ...(held === undefined ? {} : { bound: held }),
      notes: notesOf(result, [comparison]),
    },
  }
}
