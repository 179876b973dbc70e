/** Finds the living processes that belong to a child of a run, and never a stranger with a reused pid. */
import { readFileSync } from 'node:fs'
import { cgroupPids } from '../cpu-meters/cgroup.ts'
import {
  addDescendants,
  hasProc,
  isZombie,
  type ProcessEntry,
  processTable,
  signalReaches,
} from './process-table.ts'
import { type ChildRecord, runIdVariable } from './run-record.ts'

/** A living process of a run, and the group that it is in. */
export type Member = Pick<ProcessEntry, 'pid' | 'start' | 'group'>

/** Whether a process was started with this run's id in its environment. */
const carriesRunId = (pid: number, runId: string): boolean => {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
    return environment.split('\0').includes(`${runIdVariable}=${runId}`)
  } catch {
    return false // gone, or another user's: not ours to end
  }
}

const living = (table: ReadonlyMap<number, ProcessEntry>, pids: Iterable<number>) =>
  [...pids].flatMap((pid): ProcessEntry[] => {
    const entry = table.get(pid)
    return entry && !isZombie(entry) ? [entry] : []
  })

/**
 * The living processes of a child: its group, all their descendants (PostgreSQL's backends lead
 * groups of their own) and what is in its cgroup.
 */
export const members = (
  child: ChildRecord,
  runId: string,
  table: ReadonlyMap<number, ProcessEntry> = processTable(),
): Member[] => {
  if (!hasProc) {
    const { pid } = child
    return signalReaches(-pid) ? [{ pid, start: 0, group: pid }] : []
  }
  const found = new Set<number>()
  const leader = table.get(child.pid)
  if (leader?.start === child.start || !leader) {
    for (const { pid, group } of table.values()) {
      // Without its leader a group's number proves nothing, so each process must carry the run's id.
      if (group === child.pid && (leader || carriesRunId(pid, runId))) found.add(pid)
    }
    if (leader) found.add(leader.pid)
  }
  if (child.cgroup) for (const pid of cgroupPids(child.cgroup)) found.add(pid)
  addDescendants(table, found)
  return living(table, found)
}

/**
 * The living processes that carry a run's id: what was started in the instant before the record
 * named it, or has left its parents and its group.
 */
export const strays = (runId: string): Member[] => {
  const table = processTable()
  return living(
    table,
    [...table.keys()].filter((pid) => pid !== process.pid && carriesRunId(pid, runId)),
  )
}
