/** Whether a process is warm, told by the cost of its slices: V8 compiles on threads whose time is the server's. */
import { median } from 'simple-statistics'

/** Slices on either side of the comparison. */
const side = 3
/** A fall of less than this between two medians of slices is not told from their noise. */
const leastFall = 0.02

/**
 * Whether the cost no longer falls: the median of the last three slices lies less than 2 % below that of the three
 * before them. Fewer than six slices tell nothing, so they are not steady.
 * @param costs of the slices so far, in their order, in any unit
 */
export const isSteady = (costs: readonly number[]): boolean => {
  if (costs.length < 2 * side) return false
  const latest = median(costs.slice(-side))
  const before = median(costs.slice(-2 * side, -side))
  return latest > before * (1 - leastFall)
}
