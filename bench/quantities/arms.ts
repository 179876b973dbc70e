/** The raw windows of single contenders of a run, for what no comparison holds. */
import type { Place } from '../quantity.ts'
import { isSamePoint } from '../point.ts'
import { armCells, type ArmCell } from '../result/cells.ts'
import type { Result } from '../results.ts'
import { pointIn } from './published.ts'

/** A contender's windows at a place; undefined where it has none. */
export const armOf = (result: Result, place: Place, contender: string): ArmCell | undefined => {
  const wanted = pointIn(result, place)
  return armCells(result)
    .flat()
    .find(
      (arm) =>
        arm.workload.name === place.workload &&
        arm.contender === contender &&
        wanted !== undefined &&
        isSamePoint(arm.point, wanted),
    )
}
