/** Finds the result of a run, and the same result seen from any of its contenders. */
import { seenFrom } from '../effect.ts'
import type { PageRunName } from '../page-runs/all.ts'
import { isSamePoint, type Point } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result, Summary } from '../results.ts'
import type { MeasuredRuns, Place, RatioQuantity } from '../quantity.ts'

/** Why there is no number. */
export interface Absence {
  readonly notMeasured: string
}

/** The result of a run, where it was measured. */
export const resultOf = (
  run: PageRunName,
  measured: MeasuredRuns,
): { readonly result: Result } | Absence => {
  const published = measured[run]
  if (published === undefined) return { notMeasured: 'not measured yet' }
  const { path, result } = published
  return result.state === 'invalid' || result.state === 'running'
    ? { notMeasured: `${path} is ${result.state}` }
    : { result }
}

/** Working a result out anew takes a while, and many questions have the same base. */
const rebasedResults = new WeakMap<Result, Map<string, Result>>()

/** The result as seen from any of its contenders, worked out once for each; undefined where one is not in the run. */
export const rebased = (result: Result, base: string): Result | undefined => {
  if (result.contenders[0]?.id === base) return result
  const known = rebasedResults.get(result) ?? new Map<string, Result>()
  rebasedResults.set(result, known)
  const before = known.get(base)
  if (before !== undefined) return before
  const seen = seenFrom(result, base)
  if (seen !== undefined) known.set(base, seen)
  return seen
}

/** The operating point of a place: that of its run where it names none. */
export const pointIn = ({ design }: Result, { point }: Place): Point | undefined =>
  point ?? pointsOf(design)[0]

/** The row of a contender at a place. */
export const rowAt = <T extends Summary | Comparison>(
  rows: readonly T[],
  result: Result,
  place: Place & { readonly contender: string },
): T | undefined => {
  const wanted = pointIn(result, place)
  return rows.find(
    ({ workload, contender, metric, point }) =>
      workload === place.workload &&
      contender === place.contender &&
      metric === place.metric &&
      wanted !== undefined &&
      isSamePoint(point, wanted),
  )
}

/** The comparison of two contenders of a run, paired as all are. */
export const comparisonOf = (
  quantity: RatioQuantity,
  measured: MeasuredRuns,
): { readonly comparison: Comparison; readonly result: Result } | Absence => {
  const found = resultOf(quantity.run, measured)
  if ('notMeasured' in found) return found
  const { workload, contender, base } = quantity
  const result = rebased(found.result, base)
  const comparison = result && rowAt(result.comparisons, result, quantity)
  return result === undefined || comparison === undefined
    ? { notMeasured: `the run has no number for ${contender} against ${base} on ${workload}` }
    : { comparison, result }
}
