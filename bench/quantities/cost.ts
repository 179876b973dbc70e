/** CPU time of one contender's request, as its run summarizes it. */
import type { CostQuantity, Found, MeasuredRuns } from '../quantity.ts'
import { notesOf } from './ratio.ts'
import { resultOf, rowAt } from './published.ts'

export const measureCost = (quantity: CostQuantity, measured: MeasuredRuns): Found => {
  const found = resultOf(quantity.run, measured)
  if ('notMeasured' in found) return found
  const { result } = found
  const { workload, contender } = quantity
  const summary = rowAt(result.summaries, result, quantity)
  if (summary === undefined)
    return { notMeasured: `the run has no number for ${contender} on ${workload}` }
  const { value, low, high } = summary
  return {
    figure: {
      value,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      notes: notesOf(result, []),
    },
  }
}
