/** Tells what dead commands have left behind, and which living ones run now; ends nothing. */
import { members, strays } from './members.ts'
import { hasProc, isAlive, processTable } from './process-table.ts'
import { readRecord, recordFiles, type RunRecord, world } from './run-record.ts'

/** A command that has a run record. */
export interface RecordedRun {
  readonly runId: string
  /** As it was typed. */
  readonly command: string
  /** Processes of it that live, its own not counted. */
  readonly processes: number
  /** Folders and files that are to be removed. */
  readonly paths: readonly string[]
}

/** Runs of this user on this machine. */
export interface RecordedRuns {
  /** Their command is dead. */
  readonly left: readonly RecordedRun[]
  /** Their command lives. */
  readonly running: readonly RecordedRun[]
}

const describe = (record: RunRecord): RecordedRun => {
  const { runId, command, paths } = record
  const table = processTable()
  const pids = hasProc
    ? [...record.children.flatMap((child) => members(child, runId, table)), ...strays(runId)]
    : []
  return {
    runId,
    command,
    paths,
    processes: new Set(pids.map(({ pid }) => pid).filter((pid) => pid !== record.owner.pid)).size,
  }
}

/** Reads the run records; those of another machine or container are not this one's business. */
export const recordedRuns = (): RecordedRuns => {
  const here = world()
  const records = recordFiles().flatMap((file) => {
    const record = readRecord(file)
    return record?.world === here ? [record] : []
  })
  const alive = new Set(records.filter(({ owner }) => isAlive(owner)))
  return {
    left: records.filter((record) => !alive.has(record)).map(describe),
    running: [...alive].map(describe),
  }
}
