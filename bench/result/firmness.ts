/** Whether the verdicts of a result are firm or a first look. Pure. */
import { firmBlocks } from '../plan.ts'
import type { Result } from '../results.ts'

/** Blocks that were measured to their end. */
export const blocksDone = ({ windows, capacities = [] }: Result): number =>
  new Set([...windows, ...capacities].map(({ block }) => block)).size

/** Whether every verdict is a first look: planned so, cut short to fewer blocks than make it firm, or disturbed. */
export const isIndicative = (result: Result): boolean =>
  result.design.indicative ||
  blocksDone(result) < firmBlocks ||
  result.gates.some(({ name, ok }) => name === 'quiet' && !ok)
