/** Ends a child and everything that it started: its stop ladder first, SIGKILL at the end. */
import { setTimeout as sleep } from 'node:timers/promises'
import { GapwiseError } from '../../src/errors.ts'
import { type Member, members } from './members.ts'
import { hasProc, isAlive } from './process-table.ts'
import type { ChildRecord } from './run-record.ts'

/** What a child gets that names no ladder. */
export const defaultLadder = [{ signal: 'SIGTERM', graceMs: 5000 }] as const

/** How long the kernel has to end a killed process; only one stuck in a system call takes longer. */
const killGraceMs = 10_000

/** Sends a signal; a target that has just gone is what was wanted. */
const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until no process is left; each look may find more of them. True when all are gone in time. */
const gone = async (look: () => readonly Member[], graceMs: number): Promise<boolean> => {
  const deadline = performance.now() + graceMs
  for (let pauseMs = 5; look().length > 0; pauseMs = Math.min(pauseMs * 1.5, 50)) {
    if (performance.now() >= deadline) return false
    await sleep(pauseMs)
  }
  return true
}

/** Kills processes found by `look` until none is found. False when one outlives SIGKILL. */
export const killAll = (look: () => readonly Member[]): Promise<boolean> =>
  gone(() => {
    const left = look()
    for (const { pid } of left) send(hasProc ? pid : -pid, 'SIGKILL')
    return left
  }, killGraceMs)

/**
 * Ends a child by its ladder and resolves when its whole tree is gone.
 * @param maxGraceMs upper limit for each rung of the ladder
 * @throws GapwiseError `internal` CHILD_UNKILLABLE
 */
export const endChild = async (
  child: ChildRecord,
  runId: string,
  maxGraceMs = Number.POSITIVE_INFINITY,
): Promise<void> => {
  // Whatever was once seen of the tree must go, also when its parents have left it behind.
  const known = new Map<number, Member>()
  const look = () => {
    for (const each of members(child, runId)) known.set(each.pid, each)
    for (const each of known.values()) if (!stillThere(each, child)) known.delete(each.pid)
    return [...known.values()]
  }
  const lookInGroup = () => look().filter(({ group }) => group === child.pid)
  for (const { signal, graceMs } of child.stopLadder) {
    // Only a group that one of ours is in may be signalled: its number may be a stranger's by now.
    if (lookInGroup().length === 0) break
    send(-child.pid, signal as NodeJS.Signals)
    if (await gone(lookInGroup, Math.min(graceMs, maxGraceMs))) break
  }
  // Whoever has left the group outlives it only when the child has forgotten to end it.
  if (await killAll(look)) return
  const pids = look().map(({ pid }) => pid)
  throw new GapwiseError(
    'internal',
    'CHILD_UNKILLABLE',
    `expected ${child.name} to end on SIGKILL, but these processes still run: ${pids.join(', ')}; ` +
      'they are stuck in the kernel, end them by hand or restart the machine',
  )
}

const stillThere = (each: Member, child: ChildRecord): boolean =>
  hasProc ? isAlive(each) : members(child, '').length > 0
