/** wrk as a second, independent engine: statuses are checked, bodies are not. */
import { fileURLToPath } from 'node:url'
import { GapwiseError } from '../../src/errors.ts'
import type { Engine, WindowReading } from '../engine.ts'
import {
  added,
  failures,
  leastRunMs,
  maxRuns,
  oneRequestEngine,
  printed,
  type Program,
  type Run,
  type Target,
} from './one-request.ts'
import { parseReport } from './wrk/report.ts'

const script = fileURLToPath(new URL('wrk/report.lua', import.meta.url))

async function runOnce({ url, order }: Target, run: Run): Promise<WindowReading> {
  const seconds = Math.ceil(Math.max(leastRunMs, order.durationMs) / 1000)
  const args = ['-t1', `-c${order.connections}`, `-d${seconds}s`, '-s', script, url]
  try {
    return parseReport(await run('wrk', args))
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    // wrk makes one connection before it starts and ends at once if it cannot.
    if (stderr.startsWith('unable to connect')) return refused(stderr, order.connections)
    if (stderr === '') throw error
    throw new GapwiseError('internal', 'WRK_FAILED', `wrk ended with: ${stderr}`, {
      cause: error,
    })
  }
}

/** A window in which no connection could be made. */
const refused = (reason: string, connections: number): WindowReading => ({
  requests: 0,
  errors: { status: 0, body: 0, socket: connections, timeout: 0 },
  firstError: `wrk: ${reason}`,
  elapsedNs: 1,
  generatorCpuNs: 0,
})

const program: Program = {
  name: 'wrk',
  begin: () => async (target, run) => {
    let sum = await runOnce(target, run)
    const goesOn = () => sum.requests < target.order.minRequests && failures(sum) === 0
    for (let runs = 1; runs < maxRuns && goesOn(); runs++)
      sum = added(sum, await runOnce(target, run))
    return sum
  },
}

/** wrk prints its version with its usage and then ends with code 1. */
const banner = (): Promise<string | undefined> => printed('wrk', ['-v'])

export const engine: Engine = {
  ...oneRequestEngine(program),
  version: async () => /^wrk \S+/.exec((await banner()) ?? '')?.[0] ?? 'wrk',
  unavailable: async () =>
    (await banner()) === undefined
      ? 'wrk is not installed; on Debian or Ubuntu: apt-get install wrk'
      : undefined,
}
