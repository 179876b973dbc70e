/** Which arms a fixed rate overwhelms, so that they need not be driven on. */
import type { Window } from '../results.ts'

/** Below this share of the planned requests sent in time nothing that follows would bring it back to 99 in 100. */
const clearlyTooFew = 0.9

/**
 * Arms that are far from holding the rate. What was planned for them piles up and takes many times the window to be
 * answered, which is the time of those that do hold it; they get no latency and are not compared anyway.
 * @param windows of one cell of one block
 */
export const overwhelmedArms = (windows: readonly Window[]): ReadonlySet<string> =>
  new Set(
    [...Map.groupBy(windows, ({ contender }) => contender)].flatMap(([arm, own]) => {
      const sum = (of: 'planned' | 'sentInTime'): number =>
        own.reduce((total, { paced }) => total + (paced?.[of] ?? 0), 0)
      return sum('sentInTime') < clearlyTooFew * sum('planned') ? [arm] : []
    }),
  )
