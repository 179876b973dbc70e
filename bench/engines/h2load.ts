/** h2load of nghttp2, in HTTP/1.1, as a third, independent engine: the hundreds of statuses are checked, bodies are not. */
import { GapwiseError } from '../../src/errors.ts'
import type { Engine, WindowReading } from '../engine.ts'
import { hasProc, readProcess } from '../supervisor/process-table.ts'
import { parseReport } from './h2load/report.ts'
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

const tickNs = 10_000_000
/** A connection on which nothing comes for this long is given up. */
const silentS = 10
/** A window is as long as was asked for when it is not shorter than this share of it: one more run costs more. */
const longEnough = 0.75

/**
 * CPU time of the children that this process has waited for. In ticks, each cut off: up to 10 ms off for a run of a
 * second, as often too little as too much. Nothing else of ours ends while a window is measured.
 */
const childrenCpuNs = (): number => (readProcess(process.pid)?.waitedTicks ?? 0) * tickNs

/**
 * A number of requests and not a length of time: with --duration h2load stops counting what it lost, so that broken
 * connections look like a slow server (seen with 1.52: half of the connections reset, "0 failed").
 */
async function runOnce(
  { url, status, order }: Target,
  run: Run,
  requests: number,
): Promise<WindowReading> {
  const { connections } = order
  const share = Math.max(1, Math.ceil(requests / connections))
  const beforeNs = childrenCpuNs()
  const options = ['--h1', '-t1', `-c${connections}`, `-n${share * connections}`, `-N${silentS}s`]
  try {
    const output = await run('h2load', [...options, url])
    return parseReport(output, { status, generatorCpuNs: childrenCpuNs() - beforeNs })
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    if (stderr === '') throw error
    throw new GapwiseError('internal', 'H2LOAD_FAILED', `h2load ended with: ${stderr}`, {
      cause: error,
    })
  }
}

const program: Program = {
  name: 'h2load',
  begin() {
    /** How many requests an arm answered in a second when it was last asked, by what it was asked. */
    const ratesPerS = new Map<string, number>()
    return async (target, run) => {
      const { url, order } = target
      const key = `${order.connections} ${url}`
      const wantedS = Math.max(leastRunMs, order.durationMs) / 1000
      const least = (done: number): number => Math.max(order.minRequests - done, order.connections)
      let sum = await runOnce(target, run, Math.max(least(0), (ratesPerS.get(key) ?? 0) * wantedS))
      for (let runs = 1; runs < maxRuns && failures(sum) === 0; runs++) {
        const doneS = sum.elapsedNs / 1e9
        if (doneS >= wantedS * longEnough && sum.requests >= order.minRequests) break
        const missing = (sum.requests / doneS) * Math.max(0, wantedS - doneS)
        sum = added(sum, await runOnce(target, run, Math.max(least(sum.requests), missing)))
      }
      ratesPerS.set(key, sum.requests / (sum.elapsedNs / 1e9))
      return sum
    }
  },
}

const banner = (): Promise<string | undefined> => printed('h2load', ['--version'])

export const engine: Engine = {
  ...oneRequestEngine(program),
  version: async () => /nghttp2\S+/.exec((await banner()) ?? '')?.[0] ?? 'h2load',
  unavailable: async () => {
    if (!hasProc)
      return "h2load's CPU time cannot be told on a system without /proc; use --engine built-in"
    return (await banner()) === undefined
      ? 'h2load is not installed; on Debian or Ubuntu: apt-get install nghttp2-client'
      : undefined
  },
}
