/** How a command that was stopped by a signal ends. */
import { exitCodes } from '../src/errors.ts'

/** The exit code for the signal that aborted: 130 for Ctrl-C, 143 for SIGTERM. */
export const interruptedCode = (signal: AbortSignal): number =>
  signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted

/** Resolves when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
