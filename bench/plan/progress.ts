/** How long a run still takes, and whether its next block may begin. Pure. */
import type { Plan } from '../plan.ts'
import { blockCount } from './request.ts'

/** How far a run is. */
export interface Progress {
  readonly blocksDone: number
  /** Since the first block's start. */
  readonly elapsedMs: number
  /** How long the latest block took: it tells of the machine as it is now. */
  readonly lastBlockMs?: number
}

/** All that a run may take where the number of its blocks was not asked for. */
const timeMs = ({ budgetMs, totalMs }: Plan): number => Math.max(budgetMs, totalMs)

/** Time left, from the blocks so far where there are some, else from the plan's estimate; in milliseconds. */
export const remainingMs = (plan: Plan, { blocksDone, elapsedMs }: Progress): number =>
  blocksDone === 0
    ? Math.max(0, plan.totalMs - elapsedMs)
    : Math.min(
        (plan.blocks.length - blocksDone) * (elapsedMs / blocksDone),
        plan.blocksAreFixed ? Infinity : Math.max(0, timeMs(plan) - elapsedMs),
      )

/**
 * Whether to start the next block: two always, and all where their number was asked for; else only while they end
 * within a tenth over the budget.
 * The rule looks at the clock alone, never at the numbers, so it cannot bend the result.
 */
export const mayStartBlock = (
  plan: Plan,
  { blocksDone, elapsedMs, lastBlockMs = elapsedMs / blocksDone }: Progress,
): boolean =>
  blocksDone < plan.blocks.length &&
  (plan.blocksAreFixed ||
    blocksDone < blockCount.least ||
    elapsedMs + lastBlockMs <= timeMs(plan) * 1.1)
