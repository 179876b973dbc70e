/** Clears away what a dead command has left behind: processes, folders, cgroups and its record. */
import { rm } from 'node:fs/promises'
import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeCgroup } from '../cpu-meters/cgroup.ts'
import { endChild, killAll } from './end-child.ts'
import { strays } from './members.ts'
import { hasProc, isAlive } from './process-table.ts'
import { readRecord, recordFiles, removeRecord, type RunRecord, world } from './run-record.ts'

/** Nobody waits for the answers of an orphan, so each rung of its ladder gets at most this long. */
const orphanGraceMs = 2000

/** A record of another machine or container is kept this long, then only the record is removed. */
const foreignRecordMs = 7 * 24 * 3600 * 1000

/** Removes a cgroup, waiting for the kernel to take the last dead process out of it; an empty one that stays harms nobody. */
export const removeCgroupSoon = async (dir: string): Promise<void> => {
  for (let tries = 0; tries < 40 && !removeCgroup(dir); tries++) await sleep(25)
}

/**
 * Ends every child that the record names, then every process that carries the run's id, then removes its folders.
 * The guardian and the next start both call it, at once if it so happens.
 */
export const reap = async (file: string, record: RunRecord): Promise<void> => {
  await Promise.all(record.children.map((child) => endChild(child, record.runId, orphanGraceMs)))
  await killAll(() => strays(record.runId))
  await Promise.all(
    record.children.flatMap(({ cgroup }) => (cgroup ? [removeCgroupSoon(cgroup)] : [])),
  )
  for (const path of record.paths) await rm(path, { recursive: true, force: true, maxRetries: 3 })
  removeRecord(file)
}

/** Whether a record speaks of this host before its last boot: then none of its processes can live. */
const isEarlierBoot = (record: RunRecord, here: string): boolean => {
  const [host, boot] = here.split(' ')
  const [recordHost, recordBoot] = record.world.split(' ')
  return hasProc && host === recordHost && boot !== recordBoot
}

/** Reaps every run of this user whose owner is dead. */
export const reapLeftovers = async (): Promise<void> => {
  const here = world()
  for (const file of recordFiles()) {
    const record = readRecord(file)
    if (record && record.world === here) {
      if (!isAlive(record.owner)) await reapOrKeep(file, record)
    } else if (record && isEarlierBoot(record, here)) {
      await reap(file, { ...record, children: [] })
    } else if (isOlderThan(file, foreignRecordMs)) removeRecord(file)
  }
}

/**
 * Without start times a pid may be a stranger's, so there only folders are cleared away. What cannot be ended now
 * must not stop a new run: its record stays, and every later start tries again.
 */
const reapOrKeep = (file: string, record: RunRecord): Promise<void> =>
  reap(file, hasProc ? record : { ...record, children: [] }).catch(() => undefined)

const isOlderThan = (file: string, ageMs: number): boolean => {
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return changed !== undefined && Date.now() - changed > ageMs
}
