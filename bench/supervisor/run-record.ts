/** The run record: a file that names what a command has started, so that another process can clear it away. */
import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { cacheDir } from './cache-dir.ts'
import { hasProc } from './process-table.ts'

const Identity = Type.Object({ pid: Type.Integer({ minimum: 2 }), start: Type.Integer() })

const ChildRecord = Type.Object({
  name: Type.String(),
  pid: Type.Integer({ minimum: 2 }),
  start: Type.Integer(),
  stopLadder: Type.Array(
    Type.Object({ signal: Type.String({ pattern: '^SIG[A-Z0-9]+$' }), graceMs: Type.Number() }),
  ),
  /** The cgroup that counts its CPU time, to be removed with it. */
  cgroup: Type.Optional(Type.String()),
})

const RunRecord = Type.Object({
  format: Type.Literal(1),
  runId: Type.String({ minLength: 8 }),
  command: Type.String(),
  world: Type.String(),
  owner: Identity,
  children: Type.Array(ChildRecord),
  /** Folders and files to remove when every child is gone. */
  paths: Type.Array(Type.String({ pattern: '^/..' })),
})

export type ChildRecord = Static<typeof ChildRecord>
export type RunRecord = Static<typeof RunRecord>

/** The environment variable that every child of a run carries, with the run's id. */
export const runIdVariable = 'GAPWISE_RUN'

/**
 * Names the set of processes that pids speak of: host, boot and pid namespace. A home folder may be
 * shared by several machines or containers, and pids of another world mean nothing here.
 */
export const world = (): string => {
  if (!hasProc) return hostname()
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`
}

/** Where the record of a run is kept. */
export const recordFile = (runId: string): string => join(cacheDir('runs'), `${runId}.json`)

/** Writes a record so that a reader sees either the old or the new one, whole. */
export const writeRecord = (file: string, record: RunRecord): void => {
  writeFileSync(`${file}.new`, JSON.stringify(record, undefined, 1), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Reads a record; undefined when the file is gone, another user's or not a record of this format. */
export const readRecord = (file: string): RunRecord | undefined => {
  try {
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'))
    // A file that names another run than its own could only come from a hand that copied it.
    return Value.Check(RunRecord, record) && basename(file) === `${record.runId}.json`
      ? record
      : undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'EACCES') return undefined
    throw error
  }
}

export const removeRecord = (file: string): void => rmSync(file, { force: true })

/** Files of all records in the user's cache folder. */
export const recordFiles = (): string[] => {
  const dir = cacheDir('runs')
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(dir, name))
}
