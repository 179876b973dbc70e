/** Reads /proc: which processes exist, whose children they are, when they started and the CPU time they used. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** One process as /proc/PID/stat tells it (proc_pid_stat(5)); times in clock ticks of 10 ms. */
export interface ProcessEntry {
  readonly pid: number
  readonly state: string
  readonly parent: number
  readonly group: number
  /** Ticks since boot (field 22); with the pid it names a process for good. */
  readonly start: number
  /** User and system time of all its threads, ended ones included. */
  readonly ownTicks: number
  /** User and system time of the children that it has waited for. */
  readonly waitedTicks: number
}

/** A process that cannot be mistaken for a later one with the same pid. `start` is 0 where /proc is missing. */
export interface ProcessIdentity {
  readonly pid: number
  readonly start: number
}

/** False on systems without /proc; there only signals can tell whether a process exists. */
export const hasProc = existsSync('/proc/self/stat')

/** The process with this pid (zombies too), or undefined when there is none. */
export const readProcess = (pid: number): ProcessEntry | undefined => {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined // gone, or never there: both are an answer
  }
  // The name may hold spaces and brackets, so fields are counted from its last bracket.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid,
    state: fields[0] ?? '',
    parent: field(4),
    group: field(5),
    start: field(22),
    ownTicks: field(14) + field(15),
    waitedTicks: field(16) + field(17),
  }
}

/** Every process that this one may see, by pid. Empty where /proc is missing. */
export const processTable = (): Map<number, ProcessEntry> => {
  const table = new Map<number, ProcessEntry>()
  if (!hasProc) return table
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const entry = readProcess(pid)
    if (entry) table.set(pid, entry)
  }
  return table
}

/** True for a process that has ended but was not waited for: it runs nothing and holds nothing. */
export const isZombie = (entry: ProcessEntry): boolean => entry.state === 'Z' || entry.state === 'X'

/** Whether any process with this pid runs; false also where /proc is missing. */
export const isRunning = (pid: number): boolean => {
  const entry = readProcess(pid)
  return entry !== undefined && !isZombie(entry)
}

/** Names a process for later; its start time is 0 where /proc is missing. */
export const identify = (pid: number): ProcessIdentity => ({
  pid,
  start: readProcess(pid)?.start ?? 0,
})

/** Whether exactly this process still runs; a zombie does not, nor does a stranger with its pid. */
export const isAlive = ({ pid, start }: ProcessIdentity): boolean => {
  if (!hasProc) return signalReaches(pid)
  const entry = readProcess(pid)
  return entry !== undefined && entry.start === start && !isZombie(entry)
}

/** Whether signal 0 finds a process, or with a negative pid a process group. */
export const signalReaches = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Adds to `found` every process whose ancestor is in it. */
export const addDescendants = (
  table: ReadonlyMap<number, ProcessEntry>,
  found: Set<number>,
): void => {
  const children = new Map<number, number[]>()
  for (const { pid, parent } of table.values()) {
    const list = children.get(parent)
    if (list) list.push(pid)
    else children.set(parent, [pid])
  }
  // A Set's iterator also visits what is added during the loop.
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child)
}
