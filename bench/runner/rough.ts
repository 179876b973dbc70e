/** Whether the mean of a block is still rougher than what differs between blocks anyway. Pure. */
import { sampleStandardDeviation } from 'simple-statistics'
import type { Window } from '../results.ts'

/**
 * Standard error of a block's mean log ratio. Two processes of one program differ by 1 to 2 % (DESIGN 5), so windows
 * that settle a block to 1 % leave it about as much worth as it can have.
 */
const smoothError = 0.01

type Measured = Pick<Window, 'round' | 'contender' | 'requests' | 'elapsedNs' | 'cpuNs'>

/** CPU time per request, or where nobody knows it, time per request. */
const logOf = (windows: readonly Measured[]): number => {
  const requests = windows.reduce((sum, window) => sum + window.requests, 0)
  const spent = windows.reduce((sum, { cpuNs, elapsedNs }) => sum + (cpuNs ?? elapsedNs), 0)
  return Math.log(spent / requests)
}

/**
 * Looks at how much the rounds of a block differ among themselves, never at the ratio that they give, so it cannot
 * bend the result.
 * @param windows of one cell of one block
 * @param base the arm that the others are compared with
 */
export function isRough(windows: readonly Measured[], base: string): boolean {
  const rounds = [...Map.groupBy(windows, ({ round }) => round).values()].map((taken) =>
    Map.groupBy(taken, ({ contender }) => contender),
  )
  const arms = new Set(windows.map(({ contender }) => contender))
  arms.delete(base)
  return [...arms].some((arm) => {
    const logRatios = rounds.flatMap((taken) => {
      const own = taken.get(arm)
      const theirs = taken.get(base)
      const log = own && theirs && logOf(own) - logOf(theirs)
      return log !== undefined && Number.isFinite(log) ? [log] : []
    })
    return (
      logRatios.length > 1 &&
      sampleStandardDeviation(logRatios) / Math.sqrt(logRatios.length) > smoothError
    )
  })
}
