/** Lets every other process go first. */
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** The nicest that there is. */
const nicest = 19

/**
 * Gives this process the least weight. Linux may weigh sessions before processes (autogroup): then the niceness of a process
 * counts only within its session, and that of the session is told apart. Where it does not there is no such file.
 */
export function giveWay(): void {
  setPriority(nicest)
  try {
    writeFileSync('/proc/self/autogroup', String(nicest))
  } catch {
    // No session is weighed.
  }
}
