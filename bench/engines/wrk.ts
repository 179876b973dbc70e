/** wrk as a second, independent engine: statuses are checked, bodies are not. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { GapwiseError } from '../../src/errors.ts'
import type { Arm, Engine, Load, OpenOptions, WindowOrder, WindowReading } from '../engine.ts'
import { loadWorkload } from '../workloads/by-name.ts'
import { parseReport } from './wrk/report.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('wrk/report.lua', import.meta.url))
/** A slow arm gets more runs until `minRequests` are in, up to this many. */
const maxRuns = 10

class WrkLoad implements Load {
  readonly pid = undefined
  readonly #arms: ReadonlyMap<string, Arm>
  readonly #seed: number
  readonly #prefix: readonly string[]
  readonly #ending = new AbortController()

  constructor(arms: readonly Arm[], seed: number, options: OpenOptions) {
    this.#arms = new Map(arms.map((arm) => [arm.id, arm]))
    this.#seed = seed
    this.#prefix = options.cores === undefined ? [] : ['taskset', '-c', options.cores.join(',')]
  }

  async window(order: WindowOrder): Promise<WindowReading> {
    const arm = this.#arms.get(order.arm)
    if (arm === undefined) throw new RangeError(`No arm is called "${order.arm}"`)
    const path = await pathOf(order.workload, this.#seed)
    const url = new URL(arm.url.pathname.replace(/\/$/, '') + path, arm.url).href
    let sum = await this.#run(url, order)
    for (let runs = 1; runs < maxRuns && goesOn(sum, order.minRequests); runs++)
      sum = added(sum, await this.#run(url, order))
    return sum
  }

  async #run(url: string, order: WindowOrder): Promise<WindowReading> {
    const seconds = Math.max(1, Math.ceil(order.durationMs / 1000))
    const wrk = ['wrk', '-t1', `-c${order.connections}`, `-d${seconds}s`, '-s', script, url]
    const [command = 'wrk', ...args] = [...this.#prefix, ...wrk]
    try {
      return parseReport((await run(command, args, { signal: this.#ending.signal })).stdout)
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort()
  }
}

/** The path of the workload's only request. */
async function pathOf(name: string, seed: number): Promise<string> {
  const [step, ...others] = (await loadWorkload(name)).steps(seed)
  const simple =
    step !== undefined &&
    others.length === 0 &&
    'request' in step &&
    step.request.method === 'GET' &&
    step.request.headers === undefined &&
    step.request.body === undefined
  if (simple) return step.request.path
  throw new GapwiseError(
    'usage',
    'ENGINE_UNSUPPORTED',
    `wrk can only repeat one GET without headers, found more in workload "${name}"; use the built-in engine.`,
  )
}

/** A window in which no connection could be made. */
const refused = (reason: string, connections: number): WindowReading => ({
  requests: 0,
  errors: { status: 0, body: 0, socket: connections, timeout: 0 },
  firstError: `wrk: ${reason}`,
  elapsedNs: 1,
  generatorCpuNs: 0,
})

const failures = ({ errors }: WindowReading): number =>
  errors.status + errors.body + errors.socket + errors.timeout

const goesOn = (reading: WindowReading, minRequests: number): boolean =>
  reading.requests < minRequests && failures(reading) === 0

function added(one: WindowReading, other: WindowReading): WindowReading {
  const firstError = one.firstError ?? other.firstError
  return {
    requests: one.requests + other.requests,
    errors: {
      status: one.errors.status + other.errors.status,
      body: one.errors.body + other.errors.body,
      socket: one.errors.socket + other.errors.socket,
      timeout: one.errors.timeout + other.errors.timeout,
    },
    ...(firstError === undefined ? {} : { firstError }),
    elapsedNs: one.elapsedNs + other.elapsedNs,
    generatorCpuNs: one.generatorCpuNs + other.generatorCpuNs,
  }
}

/** wrk prints its version with its usage and then ends with code 1. */
async function banner(): Promise<string | undefined> {
  try {
    return (await run('wrk', ['-v'])).stdout
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string')
      return error.stdout === '' ? undefined : error.stdout
    throw error
  }
}

export const engine: Engine = {
  name: 'wrk',
  version: async () => /^wrk \S+/.exec((await banner()) ?? '')?.[0] ?? 'wrk',
  unavailable: async () =>
    (await banner()) === undefined
      ? 'wrk is not installed; on Debian or Ubuntu: apt-get install wrk'
      : undefined,
  open: async (arms, seed, options = {}) => new WrkLoad(arms, seed, options),
}
