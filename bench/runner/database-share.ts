/** Whose work the database did in a window: that of the arm that was driven, of all, or of the others. */
import type { Window } from '../results.ts'
import type { ServerProcess } from '../services/postgres/processes.ts'
import type { RunParts } from './parts.ts'

/** What a window keeps of it. */
export type DatabaseShare = Pick<
  Window,
  'databaseCpuNs' | 'databaseSharedCpuNs' | 'databaseOthersCpuNs'
>

/**
 * Divides what the server used. What processes did that have ended meanwhile (a connection for each request) is known
 * only from the total, and was done for the arm that was driven, as was forking them; so others are taken off and what
 * is left is its own. Work for all stays in it, because one arm alone makes that work, and is told beside it.
 * @param totalNs of all processes of the server, ended ones included
 * @param own database of the arm that was driven
 */
export const shareOf = (
  totalNs: number,
  before: readonly ServerProcess[],
  after: readonly ServerProcess[],
  own: string,
): DatabaseShare => {
  const earlier = new Map(before.map(({ pid, cpuNs }) => [pid, cpuNs]))
  let sharedNs = 0
  let othersNs = 0
  for (const { pid, cpuNs, worksFor } of after) {
    const sinceNs = earlier.get(pid) ?? 0
    const usedNs = cpuNs >= sinceNs ? cpuNs - sinceNs : cpuNs
    if (worksFor === 'all') sharedNs += usedNs
    else if (worksFor !== 'starting' && worksFor.database !== own) othersNs += usedNs
  }
  return {
    databaseCpuNs: Math.max(0, totalNs - othersNs),
    databaseSharedCpuNs: sharedNs,
    databaseOthersCpuNs: othersNs,
  }
}

/**
 * Begins to count.
 * @param own database of the arm that is driven; the whole server's time is taken for its own where it is not known
 */
export const openDatabase = (
  { databaseCpu, databaseProcesses }: Pick<RunParts, 'databaseCpu' | 'databaseProcesses'>,
  own: string | undefined,
): (() => DatabaseShare) => {
  if (databaseCpu === undefined) return () => ({ databaseCpuNs: null })
  const before = own === undefined ? undefined : databaseProcesses?.()
  const beforeNs = databaseCpu.readNs()
  return () => {
    const totalNs = databaseCpu.readNs() - beforeNs
    return own === undefined || before === undefined || databaseProcesses === undefined
      ? { databaseCpuNs: totalNs }
      : shareOf(totalNs, before, databaseProcesses(), own)
  }
}
