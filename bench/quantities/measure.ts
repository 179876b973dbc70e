/** Looks a quantity up in the runs that were measured. */
import type { Found, MeasuredRuns, Quantity } from '../quantity.ts'
import { measureCost } from './cost.ts'
import { measureFootprint } from './footprint.ts'
import { measureNarrowing } from './narrowing.ts'
import { measureRatio } from './ratio.ts'
import { measureShareOfGap } from './share-of-gap.ts'

/** A number with its interval, or why there is none. Works only on what is handed to it. */
export const measureQuantity = (quantity: Quantity, measured: MeasuredRuns): Found => {
  switch (quantity.kind) {
    case 'ratio':
      return measureRatio(quantity, measured)
    case 'narrowing':
      return measureNarrowing(quantity, measured)
    case 'share of gap':
      return measureShareOfGap(quantity, measured)
    case 'cost':
      return measureCost(quantity, measured)
    case 'footprint':
      return measureFootprint(quantity, measured)
    default:
      return { notMeasured: quantity.reason }
  }
}
