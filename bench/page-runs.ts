/** The PageRun contract: a run that docs/parallel.md or docs/claims.md is read from. Members stand in page-runs/all.ts. */

/** One bench command whose result feeds a page. */
export interface PageRun {
  /** What it is measured for, as the end of "It measures". */
  readonly about: string
  readonly contenders: readonly string[]
  readonly workloads: readonly string[]
  /** Operating points in a closed loop; none where there is a rate. */
  readonly connections?: readonly number[]
  readonly ratePerSecond?: number
  /** What each answer of the downstream services waits. */
  readonly upstreamLatencyMs?: number
  /** Cores for each contender; absent where contenders with several processes need the whole machine. */
  readonly cores?: number
  readonly footprint?: true
  readonly blocks: number
  readonly budget: string
}
