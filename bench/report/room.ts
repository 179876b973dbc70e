/** How much of a run a reader takes in as sentences. */
import type { Result } from '../results.ts'

/** Beyond so many pairs of a contender and a workload nobody reads their figures as sentences. */
const mostTold = 12

/** Whether the figures of every contender are told in sentences; tables have them in any case. */
export const tellsFigures = ({
  contenders,
  design,
}: Pick<Result, 'contenders' | 'design'>): boolean =>
  (contenders.length - 1) * design.workloads.length <= mostTold
