/** How many rounds a block may take beyond its planned ones, where the machine is noisy. Pure. */
import { firmBlocks } from '../plan.ts'
import { blockCount } from './request.ts'

/** Of the blocks that fit, the share that is kept where each takes as long as it may. */
const keptShare = 2 / 3

/** What a run has room for. */
export interface Room {
  readonly budgetMs: number
  /** Blocks that fit, and the estimated length of each without further rounds. */
  readonly blocks: number
  readonly blockMs: number
  /** One further round in every closed cell of a block. */
  readonly roundMs: number
}

/**
 * Fresh processes are the unit of evidence, and on a quiet machine they are what differs, so blocks are many and
 * short. Where windows differ more than processes do (a neighbour on the same core, say), the time is better
 * spent on more windows in each of fewer blocks: as many rounds as still leave two thirds of the blocks that fit,
 * four at least, and never more blocks than make a run firm.
 */
export const furtherRounds = ({ budgetMs, blocks, blockMs, roundMs }: Room): number => {
  const kept = Math.min(firmBlocks, Math.max(blockCount.usual, Math.ceil(blocks * keptShare)))
  return roundMs > 0 ? Math.max(0, Math.floor((budgetMs / kept - blockMs) / roundMs + 1e-9)) : 0
}
