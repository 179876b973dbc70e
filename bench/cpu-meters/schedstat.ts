/** Counts the CPU time of a process tree from /proc, for processes that are in no cgroup of their own. */
import { readdirSync, readFileSync } from 'node:fs'
import type { CpuMeter } from '../cpu-meter.ts'
import { addDescendants, type ProcessEntry, processTable } from '../supervisor/process-table.ts'

/** What is known of one process, kept after its end so that a reading never goes down. */
interface Tally {
  readonly start: number
  readonly parent: number
  /** CPU time of each thread when last seen, by thread id, in nanoseconds. */
  readonly threads: Map<number, number>
  /** Of threads that have ended and whose ids were given out again, when last seen. */
  endedThreadsNs: number
  /** Its own time, ended threads included, in nanoseconds. */
  ownNs: number
  /** Time of its children that have ended, in nanoseconds. */
  waitedNs: number
}

const tickNs = 10_000_000

/** First field of schedstat: time on a CPU in nanoseconds (kernel documentation, sched-stats), by thread id. */
const readThreads = (pid: number): Map<number, number> => {
  const threads = new Map<number, number>()
  try {
    for (const name of readdirSync(`/proc/${pid}/task`)) {
      const text = readFileSync(`/proc/${pid}/task/${name}/schedstat`, 'utf8')
      threads.set(Number(name), Number(text.slice(0, text.indexOf(' '))))
    }
  } catch {
    // it ended while we read; what was read so far stands
  }
  return threads
}

/** What a meter reads; tests replace it. */
export interface TreeSource {
  processes(): ReadonlyMap<number, ProcessEntry>
  threads(pid: number): ReadonlyMap<number, number>
}

const procSource: TreeSource = { processes: processTable, threads: readThreads }

const update = (tally: Tally, entry: ProcessEntry, threads: ReadonlyMap<number, number>): void => {
  for (const [id, ns] of threads) {
    const beforeNs = tally.threads.get(id) ?? 0
    if (ns < beforeNs) tally.endedThreadsNs += beforeNs
    tally.threads.set(id, ns)
  }
  let threadsNs = tally.endedThreadsNs
  for (const ns of tally.threads.values()) threadsNs += ns
  // Ticks are cut off, never rounded up, so the larger of two lower bounds is the better one: ticks
  // know threads that came and went between readings, schedstat knows the time below 10 ms.
  tally.ownNs = Math.max(tally.ownNs, threadsNs, entry.ownTicks * tickNs)
  tally.waitedNs = Math.max(tally.waitedNs, entry.waitedTicks * tickNs)
}

/** An earlier owner of a pid that the kernel has given out again. */
type Replaced = Pick<Tally, 'parent' | 'ownNs'>

/** Total of a process: its own time and that of its ended children, which we or the kernel have counted. */
const totalNs = (
  pid: number,
  tallies: ReadonlyMap<number, Tally>,
  alive: ReadonlySet<number>,
  replaced: readonly Replaced[],
): number => {
  const tally = tallies.get(pid)
  if (!tally) return 0
  // Its parent has waited for it, so it is among what the kernel has counted there.
  let endedNs = replaced.reduce((sum, each) => sum + (each.parent === pid ? each.ownNs : 0), 0)
  let runningNs = 0
  for (const [child, { parent }] of tallies) {
    if (parent !== pid) continue
    const childNs = totalNs(child, tallies, alive, replaced)
    if (alive.has(child)) runningNs += childNs
    else endedNs += childNs
  }
  return tally.ownNs + Math.max(tally.waitedNs, endedNs) + runningNs
}

/**
 * A meter for a process and all its descendants, found by parent and, with `group`, also by process
 * group (children whose parent has died). Precision: nanoseconds for what lives at both readings; a child that
 * comes and goes between two readings is counted by its parent in ticks of 10 ms once it is waited for.
 * @param pid the root of the tree; it need not be ours
 */
export const treeMeter = (
  pid: number,
  { group = false } = {},
  source: TreeSource = procSource,
): CpuMeter => {
  const tallies = new Map<number, Tally>()
  const replaced: Replaced[] = []
  let lastNs = 0
  const readNs = () => {
    const table = source.processes()
    const found = new Set<number>()
    for (const known of [pid, ...tallies.keys()]) {
      const entry = table.get(known)
      if (entry && (tallies.get(known)?.start ?? entry.start) === entry.start) found.add(known)
    }
    const leader = table.get(pid)
    const groupIsOurs = group && (!leader || found.has(pid))
    if (groupIsOurs)
      for (const entry of table.values()) if (entry.group === pid) found.add(entry.pid)
    addDescendants(table, found)
    for (const each of found) {
      const entry = table.get(each)
      if (!entry) continue
      let tally = tallies.get(each)
      if (tally?.start !== entry.start) {
        if (tally) replaced.push(tally)
        const { start, parent } = entry
        tally = { start, parent, threads: new Map(), endedThreadsNs: 0, ownNs: 0, waitedNs: 0 }
        tallies.set(each, tally)
      }
      update(tally, entry, source.threads(each))
    }
    let sumNs = 0
    for (const { parent, ownNs } of replaced) if (!tallies.has(parent)) sumNs += ownNs
    for (const [each, { parent }] of tallies)
      if (!tallies.has(parent)) sumNs += totalNs(each, tallies, found, replaced)
    lastNs = Math.max(lastNs, sumNs)
    return lastNs
  }
  readNs()
  return { source: 'schedstat', readNs }
}
