/** Starts one child in a process group of its own and watches it to its end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { GapwiseError } from '../../src/errors.ts'
import { type Cgroup, makeCgroup } from '../cpu-meters/cgroup.ts'
import { treeMeter } from '../cpu-meters/schedstat.ts'
import type { Child, ChildSpec, Exit } from '../supervisor.ts'
import { defaultLadder, endChild } from './end-child.ts'
import { launchOf } from './launch.ts'
import { logTail } from './log-tail.ts'
import { members } from './members.ts'
import { identify } from './process-table.ts'
import { removeCgroupSoon } from './reap.ts'
import { type ChildRecord, runIdVariable } from './run-record.ts'

/** What a child's start needs from its supervisor. */
export interface Home {
  readonly runId: string
  readonly logFile: string
  /** A name for its cgroup that no other child of any run has. */
  readonly cgroupName: string
  /** Called before anything else can happen, so that the record names the child while it lives. */
  started(record: ChildRecord): void
  /** Called when the whole tree is gone. */
  ended(record: ChildRecord): void
}

const environmentOf = (spec: ChildSpec, runId: string): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, ...spec.env, [runIdVariable]: runId }
  for (const [name, value] of Object.entries(spec.env ?? {})) if (value === '') delete env[name]
  return env
}

const spawnFailed = (spec: ChildSpec, cause: Error): GapwiseError =>
  new GapwiseError(
    'environment',
    'SPAWN_FAILED',
    `expected to start ${spec.name} (${spec.command}), but the system refused: ${cause.message}; ` +
      'check the limits on processes and open files (ulimit -a)',
    { cause },
  )

/**
 * Starts a program; see Supervisor.spawn.
 * @throws GapwiseError `environment` COMMAND_NOT_FOUND or SPAWN_FAILED
 */
export const spawnChild = async (spec: ChildSpec, home: Home): Promise<Child> => {
  const cgroup = makeCgroup(home.cgroupName)
  try {
    return await start(spec, home, cgroup)
  } catch (error) {
    cgroup?.remove()
    throw error
  }
}

const spawnGroup = async (
  spec: ChildSpec,
  home: Home,
  cgroup: Cgroup | undefined,
): Promise<ChildProcess & { readonly pid: number }> => {
  const { file, args } = launchOf(spec, cgroup?.dir)
  const log = openSync(home.logFile, 'a', 0o600)
  try {
    const child = spawn(file, args, {
      detached: true,
      env: environmentOf(spec, home.runId),
      stdio: ['ignore', spec.stdout === 'log' ? log : (spec.stdout ?? 'ignore'), log],
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    })
    const { pid } = child
    if (pid !== undefined) return Object.assign(child, { pid })
    throw await new Promise<Error>((resolve) => child.once('error', resolve))
  } catch (error) {
    throw spawnFailed(spec, error as Error)
  } finally {
    closeSync(log)
  }
}

const start = async (spec: ChildSpec, home: Home, cgroup: Cgroup | undefined): Promise<Child> => {
  const child = await spawnGroup(spec, home, cgroup)
  const { pid } = child
  const record: ChildRecord = {
    name: spec.name,
    ...identify(pid),
    stopLadder: [...(spec.stopLadder ?? defaultLadder)],
    ...(cgroup ? { cgroup: cgroup.dir } : {}),
  }
  home.started(record)
  const cpu = cgroup?.meter ?? treeMeter(pid, { group: true })

  const settle = async () => {
    await endChild(record, home.runId)
    await exited
    if (cgroup && !cgroup.remove()) await removeCgroupSoon(cgroup.dir)
    home.ended(record)
  }
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= settle())

  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      cpu.readNs()
      resolve({ code, signal })
    })
  })
  // A child that ended by itself and left nothing behind is forgotten at once: its pid may be given out again.
  void exited.then(() => (members(record, home.runId).length === 0 ? stop() : undefined))
  child.on('error', () => undefined) // only a failed kill reports here, and we never use it

  return {
    name: spec.name,
    pid,
    logFile: home.logFile,
    exited,
    cpu,
    stop,
    logTail: (lines) => logTail(home.logFile, lines),
  }
}
