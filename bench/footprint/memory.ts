/** Memory of a process tree, as /proc tells it. */
import { readFileSync } from 'node:fs'

/** Memory of processes together, in bytes. */
export interface Memory {
  /**
   * Resident memory: of each process what is its own or shared by forking, and once, for the process that has most of
   * it, what is mapped from files. For one process that is its RSS.
   */
  readonly bytes: number
  /** The largest RSS that each process has had (VmHWM), added up: what several share is in it several times. */
  readonly peakBytes: number
}

/** A size in kB by its name at the start of a line; undefined where the kernel does not tell it. */
const sizeBytes = (text: string, name: string): number | undefined => {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]
  return found === undefined ? undefined : Number(found) * 1024
}

/** Of one process: /proc/PID/smaps_rollup and /proc/PID/status (proc_pid_smaps(5), proc_pid_status(5)). */
export interface MemoryText {
  readonly rollup: string
  readonly status: string
}

/**
 * Adds processes up. Not Pss, because contenders, stub and bench run the same Node, so that a server's share of it
 * would fall with each further one beside it; not the sum of RSS either, which has the program once for each worker.
 * @returns undefined where the kernel does not tell (before Linux 5.3)
 */
export const addMemory = (processes: readonly MemoryText[]): Memory | undefined => {
  let ownBytes = 0
  let filesBytes = 0
  let peakBytes = 0
  for (const { rollup, status } of processes) {
    const rss = sizeBytes(rollup, 'Rss')
    const anonymous = sizeBytes(rollup, 'Anonymous')
    const sharedOut = sizeBytes(rollup, 'Pss_Anon')
    const peak = sizeBytes(status, 'VmHWM')
    if (rss === undefined || anonymous === undefined) return undefined
    if (sharedOut === undefined || peak === undefined) return undefined
    ownBytes += sharedOut
    filesBytes = Math.max(filesBytes, rss - anonymous)
    peakBytes += peak
  }
  return processes.length === 0 ? undefined : { bytes: ownBytes + filesBytes, peakBytes }
}

/** Why there is no memory, in a result. */
export const notReadable = 'its processes cannot be read here'

/** @returns undefined where it cannot be read: no Linux, processes of another user, or one that has just ended */
export const readMemory = (pids: Iterable<number>): Memory | undefined => {
  try {
    return addMemory(
      [...pids].map((pid) => ({
        rollup: readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'),
        status: readFileSync(`/proc/${pid}/status`, 'utf8'),
      })),
    )
  } catch {
    return undefined
  }
}
