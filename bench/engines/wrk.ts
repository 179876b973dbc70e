/** wrk as a second, independent engine: statuses are checked, bodies are not. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { GapwiseError } from '../../src/errors.ts'
import type { Arm, Engine, Load, OpenOptions, WindowOrder, WindowReading } from '../engine.ts'
import type { Ask, Workload } from '../workload.ts'
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
    const ask = onlyAsk(await loadWorkload(order.workload), this.#seed)
    if (typeof ask === 'string') throw new GapwiseError('usage', 'ENGINE_UNSUPPORTED', ask)
    const url = new URL(arm.url.pathname.replace(/\/$/, '') + ask.request.path, arm.url).href
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

/** The request that wrk can repeat, or why it cannot: all that it checks is that a status is below 400. */
function onlyAsk(workload: Workload, seed: number): Ask | string {
  const [step, ...others] = workload.steps(seed)
  const ask = step !== undefined && 'request' in step ? step : undefined
  const extra =
    others.length > 0 ? `${others.length + 1} steps` : ask === undefined ? 'a script' : extraOf(ask)
  if (ask !== undefined && extra === undefined) return ask
  return `wrk can only repeat one GET without headers that is answered below 400, found ${extra} in workload "${workload.name}"; use the built-in engine.`
}

/** What of an ask is too much for wrk, if anything. */
function extraOf({ request, expect }: Ask): string | undefined {
  if (request.method !== 'GET') return request.method
  if (request.headers !== undefined) return 'headers'
  if (request.body !== undefined) return 'a body'
  if (expect.headers !== undefined) return 'headers to be checked'
  return expect.status < 400 ? undefined : `status ${expect.status}`
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
  paces: false,
  refuses: (workload, seed) => {
    const ask = onlyAsk(workload, seed)
    return typeof ask === 'string' ? ask : undefined
  },
  open: async (arms, seed, options = {}) => new WrkLoad(arms, seed, options),
}
