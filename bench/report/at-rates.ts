/** Renders runs at fixed rates together as Markdown: where the base's variants stand in p99, p99 itself, and its ratios. */
import type { Result } from '../results.ts'
import { costQuestion, p99Question, p99Table, ratioTable } from './ratio-table.ts'
import { standingLines } from './standing.ts'

/** What is told; Markdown without a line feed at the end of each. */
export interface AtRates {
  /** Lines on the base's variants against the peers that were named, what is against them first. */
  readonly standing: readonly string[]
  /** p99 in milliseconds and as a ratio to the base's; each only where it is known. */
  readonly latency: readonly string[]
  /** CPU per request as a ratio to the base's. */
  readonly cost: readonly string[]
}

/**
 * @param runs with the same base, in the order in which their workloads are to stand
 * @param seenFromPeers the same runs with their comparisons worked out against each named peer
 */
export const atRates = (runs: readonly Result[], seenFromPeers: readonly Result[]): AtRates => {
  const [first] = runs
  return {
    standing: first === undefined ? [] : standingLines(first, seenFromPeers, p99Question),
    latency: [p99Table(runs), ratioTable(runs, p99Question)].filter((table) => table !== undefined),
    cost: [ratioTable(runs, costQuestion)].filter((table) => table !== undefined),
  }
}
