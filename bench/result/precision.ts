/** Whether a run's verdicts rest on intervals as narrow as `--precision` asks. */
import type { Comparison } from '../results.ts'
import { isPrecise } from '../stats/precision.ts'

const log = (ratio: number | undefined): number | undefined =>
  ratio === undefined ? undefined : Math.log(ratio)

/**
 * Whether the run may stop after the blocks that these comparisons rest on: all of the family are precise. Members
 * whose numbers were refused are not among them: no further block would bring those back.
 * @param comparisons of the run, as `derive` gives them
 * @param precision largest half-width, as a share: 0.02
 */
export const mayStopOnPrecision = (
  comparisons: readonly Comparison[],
  precision: number,
): boolean =>
  isPrecise(
    comparisons
      .filter(({ family }) => family !== undefined)
      .map(({ low, high, blocks }) => ({ low: log(low), high: log(high), blocks })),
    precision,
  )
