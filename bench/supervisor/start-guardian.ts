/** Starts the guardian of a run, connected to this process by a pipe that closes when this process ends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { GapwiseError } from '../../src/errors.ts'

/** The running guardian as its owner sees it. */
export interface Guardian {
  readonly pid: number
  /** Lets it go, after the record was removed; resolves when it has ended or was given up waiting for. */
  dismiss(): Promise<void>
}

const script = fileURLToPath(new URL('guardian.ts', import.meta.url))

/** Starts a guardian for the record at `file`. It never keeps this process's event loop alive. */
export const startGuardian = (file: string): Guardian => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, file], {
    detached: true,
    cwd: '/',
    // No NODE_OPTIONS: a loader or a coverage folder of the owner may be gone when the guardian works.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  if (child.pid === undefined) {
    child.on('error', () => undefined)
    throw new GapwiseError(
      'environment',
      'SPAWN_FAILED',
      'expected to start the guardian process, but the system refused; ' +
        'check the limits on processes and open files (ulimit -a)',
    )
  }
  const ended = once(child, 'exit').catch(() => undefined)
  child.unref()
  const pipe = child.stdin
  // It may have been killed; the next start then reaps what a crash leaves.
  pipe.on('error', () => undefined)
  if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  return {
    pid: child.pid,
    async dismiss() {
      child.ref()
      pipe.end()
      await Promise.race([ended, sleep(3000, undefined, { ref: false })])
      child.unref()
    },
  }
}
