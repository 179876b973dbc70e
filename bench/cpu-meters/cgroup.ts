/** Counts the CPU time of a child's whole tree in a cgroup of its own, where one can be made. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { CpuMeter } from '../cpu-meter.ts'
import { hasProc } from '../supervisor/process-table.ts'

/** A cgroup made for one child. */
export interface Cgroup {
  readonly dir: string
  readonly meter: CpuMeter
  /** Removes the folder if no process is in it; the meter keeps its last value. False when it must be tried again. */
  remove(): boolean
}

interface Hierarchy {
  readonly source: 'cgroup-v1' | 'cgroup-v2'
  /** The folder of the cgroup that this process is in. */
  readonly dir: string
}

/** The file of a cgroup that lists its processes and takes new ones. */
export const procsFile = (dir: string): string => join(dir, 'cgroup.procs')

/** The processes in a cgroup, zombies included; none when it does not exist. */
export const cgroupPids = (dir: string): number[] => {
  try {
    return readFileSync(procsFile(dir), 'utf8').split('\n').filter(Boolean).map(Number)
  } catch {
    return [] // removed already
  }
}

/** Removes a cgroup; true when it is gone, false when processes are still in it. */
export const removeCgroup = (dir: string): boolean => {
  try {
    rmdirSync(dir)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

/** CPU time of a cgroup in nanoseconds, by the text of the file that tells it; NaN where it does not. */
export const usageNs = {
  'cgroup-v1': (cpuacctUsage: string): number => Number(cpuacctUsage),
  'cgroup-v2': (cpuStat: string): number => Number(/^usage_usec (\d+)$/m.exec(cpuStat)?.[1]) * 1000,
}

const usageFile = { 'cgroup-v1': 'cpuacct.usage', 'cgroup-v2': 'cpu.stat' } as const

const readUsageNs = ({ source, dir }: Hierarchy): number =>
  usageNs[source](readFileSync(join(dir, usageFile[source]), 'utf8'))

/**
 * Finds this process's cgroup in the mounted hierarchies (cgroups(7): /proc/self/cgroup names the
 * cgroup, /proc/self/mountinfo where and from which root each hierarchy is mounted); v1's cpuacct
 * first because it counts nanoseconds.
 */
export const parseHierarchies = (cgroups: string, mountinfo: string): Hierarchy[] => {
  const own = cgroups.split('\n').map((line) => line.split(':'))
  const found: Hierarchy[] = []
  for (const line of mountinfo.split('\n')) {
    const [mount = '', system = ''] = line.split(' - ')
    const [, , , root = '', at = ''] = mount.split(' ')
    const [type, , options = ''] = system.split(' ')
    const isV1 = type === 'cgroup' && options.split(',').includes('cpuacct')
    if (!isV1 && type !== 'cgroup2') continue
    const path = own.find(([id, names = '']) =>
      isV1 ? names.split(',').includes('cpuacct') : id === '0' && names === '',
    )?.[2]
    if (path === undefined) continue
    const below = relative(root, path)
    const dir = below.startsWith('..') ? at : join(at, below)
    const hierarchy: Hierarchy = { source: isV1 ? 'cgroup-v1' : 'cgroup-v2', dir }
    if (isV1) found.unshift(hierarchy)
    else found.push(hierarchy)
  }
  return found
}

const readHierarchies = (): Hierarchy[] =>
  parseHierarchies(
    readFileSync('/proc/self/cgroup', 'utf8'),
    readFileSync('/proc/self/mountinfo', 'utf8'),
  )

/** Makes a cgroup, lets a shell join it and reads it: the only sure way to know that all of it is allowed. */
const works = ({ source, dir }: Hierarchy): boolean => {
  const trial = join(dir, `gapwise-trial-${process.pid}`)
  try {
    mkdirSync(trial)
  } catch {
    return false // not ours to write: the common case for an ordinary user
  }
  try {
    const join = spawnSync('/bin/sh', ['-c', 'echo $$ > "$0"', procsFile(trial)])
    return join.status === 0 && readUsageNs({ source, dir: trial }) >= 0
  } catch {
    return false // no such counter in this kernel
  } finally {
    removeCgroup(trial)
  }
}

let usable: Hierarchy | 'none' | undefined

const usableHierarchy = (): Hierarchy | undefined => {
  usable ??= (hasProc ? readHierarchies().find(works) : undefined) ?? 'none'
  return usable === 'none' ? undefined : usable
}

/** The kind of cgroups that can be made here, or undefined where none can. */
export const cgroupSource = (): Hierarchy['source'] | undefined => usableHierarchy()?.source

/** Makes an empty cgroup beside this process's own, or undefined where that is not possible. */
export const makeCgroup = (name: string): Cgroup | undefined => {
  const hierarchy = usableHierarchy()
  if (!hierarchy) return undefined
  const dir = join(hierarchy.dir, name)
  try {
    mkdirSync(dir)
  } catch {
    return undefined // a limit on cgroups: the other meter serves
  }
  let lastNs = 0
  let removed = false
  const readNs = () => {
    if (!removed && existsSync(dir)) lastNs = readUsageNs({ source: hierarchy.source, dir })
    return lastNs
  }
  return {
    dir,
    meter: { source: hierarchy.source, readNs },
    remove() {
      if (removed) return true
      readNs()
      removed = removeCgroup(dir)
      return removed
    },
  }
}
