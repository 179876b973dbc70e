/** The machine's fingerprint: what a reader needs to know about where and when numbers were taken. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { arch, cpus, loadavg, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { DatabaseFacts, Environment, Pressure } from './result/environment.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

/** What the caller knows and the machine does not tell. */
export interface RunFacts {
  readonly engine: Environment['engine']
  /** Absent when no workload asks the database. */
  readonly database?: DatabaseFacts
  /** What may run on which cores, in words. */
  readonly coreBudget: string
}

/** The text of a file of the kernel or of the project, or undefined where there is none or it is closed. */
const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch {
    // These files are facts where they exist; a kernel or a container without them is no fault.
    return undefined
  }
}

/** Ticks stolen by the hypervisor and ticks in all, of the line `cpu` of /proc/stat; see proc(5). */
export const parseTicks = (
  procStat: string,
): { readonly stealTicks: number; readonly totalTicks: number } | undefined => {
  const fields = /^cpu +(.+)$/m.exec(procStat)?.[1]?.trim().split(/ +/).map(Number)
  // user nice system idle iowait irq softirq steal; guest times, which follow, are within user and nice.
  const counted = fields?.slice(0, 8)
  const stealTicks = counted?.[7]
  if (counted === undefined || stealTicks === undefined || counted.some(Number.isNaN))
    return undefined
  return { stealTicks, totalTicks: counted.reduce((sum, ticks) => sum + ticks, 0) }
}

/** Whether /proc/cpuinfo carries the `hypervisor` flag; undefined where it lists no flags (not x86). */
export const parseVirtual = (cpuinfo: string): boolean | undefined => {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]
  return flags === undefined ? undefined : flags.trim().split(/\s+/).includes('hypervisor')
}

/** The soft limit of open files of /proc/self/limits; undefined when it is unlimited or not there. */
export const parseOpenFilesLimit = (limits: string): number | undefined => {
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1]
  return soft === undefined ? undefined : Number(soft)
}

/** The machine's load at this moment. */
export const readPressure = async (): Promise<Pressure> => {
  const [one = 0, five = 0, fifteen = 0] = loadavg()
  const procStat = await readIfThere('/proc/stat')
  return {
    loadAverage: [one, five, fifteen],
    ...(procStat === undefined ? {} : parseTicks(procStat)),
  }
}

/** Share (0 to 1) of the machine's CPU time that the hypervisor gave to others between two readings. */
export const stealShare = (before: Pressure, after: Pressure): number | undefined => {
  if (before.stealTicks === undefined || before.totalTicks === undefined) return undefined
  if (after.stealTicks === undefined || after.totalTicks === undefined) return undefined
  const ticks = after.totalTicks - before.totalTicks
  return ticks > 0 ? (after.stealTicks - before.stealTicks) / ticks : undefined
}

/** The checkout that the bench runs from; undefined outside of one, or where git is not installed. */
const readGit = async (): Promise<Environment['git']> => {
  try {
    const commit = await run('git', ['rev-parse', 'HEAD'], { cwd: root })
    const status = await run('git', ['status', '--porcelain'], { cwd: root })
    return { commit: commit.stdout.trim(), dirty: status.stdout !== '' }
  } catch {
    // No git or no repository: the version and the lock file's hash identify the code.
    return undefined
  }
}

const readVersion = async (): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(`${root}/package.json`, 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}

/** Reads the environment as it is before the first window. */
export const readMachine = async (facts: RunFacts): Promise<Environment> => {
  const [cpuinfo, governor, limits, lockFile, git, gapwise, before] = await Promise.all([
    readIfThere('/proc/cpuinfo'),
    readIfThere('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    readIfThere('/proc/self/limits'),
    readIfThere(`${root}/package-lock.json`),
    readGit(),
    readVersion(),
    readPressure(),
  ])
  const processors = cpus()
  const virtual = parseVirtual(cpuinfo ?? '')
  const openFilesLimit = parseOpenFilesLimit(limits ?? '')
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: Math.max(1, processors.length),
    coreBudget: facts.coreBudget,
    memoryBytes: totalmem(),
    kernel: release(),
    arch: arch(),
    ...(virtual === undefined ? {} : { virtual }),
    ...(governor === undefined ? {} : { governor: governor.trim() }),
    ...(openFilesLimit === undefined ? {} : { openFilesLimit }),
    node: process.version,
    v8: process.versions.v8,
    undici: process.versions.undici ?? 'none',
    gapwise,
    ...(git === undefined ? {} : { git }),
    ...(lockFile === undefined
      ? {}
      : { lockFile: createHash('sha256').update(lockFile).digest('hex') }),
    engine: facts.engine,
    ...(facts.database === undefined ? {} : { database: facts.database }),
    before,
  }
}

/** What `recorder.finish` takes as the environment's end, from the reading made at the start. */
export const readEnding = async (
  before: Pressure,
): Promise<Pick<Environment, 'after' | 'stealShare'>> => {
  const after = await readPressure()
  const share = stealShare(before, after)
  return { after, ...(share === undefined ? {} : { stealShare: share }) }
}
