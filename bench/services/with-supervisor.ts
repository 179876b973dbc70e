/** Runs a command's work with a supervisor that ends every child, however the work ends. */
import { setTimeout as sleep } from 'node:timers/promises'
import { aborted } from '../interruption.ts'
import type { Io } from '../io.ts'
import type { Supervisor } from '../supervisor.ts'
import { openSupervisor } from '../supervisor/open-supervisor.ts'

/** How long work may go on after an interruption, to end by itself and keep what it has. */
const graceMs = 1500

/**
 * @param command the command line, for people who read the run record
 * @returns what `work` returns, or undefined when it was interrupted and did not end in time
 */
export async function withSupervisor<T>(
  command: string,
  io: Io,
  work: (supervisor: Supervisor) => Promise<T>,
): Promise<T | undefined> {
  await using supervisor = await openSupervisor({ command })
  const outcome = work(supervisor)
  const givenUp = aborted(io.signal).then(() => sleep(graceMs, undefined))
  try {
    return await Promise.race([outcome, givenUp])
  } finally {
    // Work that lost the race fails when its children are ended below; that failure is no news.
    outcome.catch(() => {})
  }
}
