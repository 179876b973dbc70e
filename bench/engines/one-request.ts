/** What engines share that are programs of their own: they repeat one GET, run by run, and look at statuses alone. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { GapwiseError } from '../../src/errors.ts'
import type { Arm, Engine, Load, OpenOptions, WindowOrder, WindowReading } from '../engine.ts'
import type { Ask, Workload } from '../workload.ts'
import { loadWorkload } from '../workloads/by-name.ts'

const execute = promisify(execFile)

/** What one window of such a program is about. */
export interface Target {
  /** The address to repeat. */
  readonly url: string
  /** The status that its answers must have. */
  readonly status: number
  readonly order: WindowOrder
}

/**
 * Runs a command on the generator's cores; it is ended with the load.
 * @returns its standard output
 * @throws what execFile rejects with, with `stderr`
 */
export type Run = (command: string, args: readonly string[]) => Promise<string>

/** Such a program, as far as it differs from the others. */
export interface Program {
  readonly name: string
  /** Makes what plays the windows of one load. */
  begin(): PlayWindow
}

/** Plays one window. */
export type PlayWindow = (target: Target, run: Run) => Promise<WindowReading>

/** Each run opens its connections anew, so it is long enough that they do not count. */
export const leastRunMs = 1_000
/** A slow arm gets more runs until `minRequests` are in, up to this many. */
export const maxRuns = 10

class ProgramLoad implements Load {
  readonly pid = undefined
  readonly #name: string
  readonly #play: PlayWindow
  readonly #arms: ReadonlyMap<string, Arm>
  readonly #seed: number
  readonly #prefix: readonly string[]
  readonly #ending = new AbortController()

  constructor(program: Program, arms: readonly Arm[], seed: number, { cores }: OpenOptions) {
    this.#name = program.name
    this.#play = program.begin()
    this.#arms = new Map(arms.map((arm) => [arm.id, arm]))
    this.#seed = seed
    this.#prefix = cores === undefined ? [] : ['taskset', '-c', cores.join(',')]
  }

  async window(order: WindowOrder): Promise<WindowReading> {
    const arm = this.#arms.get(order.arm)
    if (arm === undefined) throw new RangeError(`No arm is called "${order.arm}"`)
    const ask = onlyAsk(this.#name, await loadWorkload(order.workload), this.#seed)
    if (typeof ask === 'string') throw new GapwiseError('usage', 'ENGINE_UNSUPPORTED', ask)
    const url = new URL(arm.url.pathname.replace(/\/$/, '') + ask.request.path, arm.url).href
    return this.#play({ url, status: ask.expect.status, order }, (name, options) => {
      const [command = name, ...args] = [...this.#prefix, name, ...options]
      return execute(command, args, { signal: this.#ending.signal }).then(({ stdout }) => stdout)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort()
  }
}

/** The request that such a program can repeat, or why it cannot: all that it checks is that a status is below 400. */
function onlyAsk(name: string, workload: Workload, seed: number): Ask | string {
  const [step, ...others] = workload.steps(seed)
  const ask = step !== undefined && 'request' in step ? step : undefined
  const extra =
    others.length > 0 ? `${others.length + 1} steps` : ask === undefined ? 'a script' : extraOf(ask)
  if (ask !== undefined && extra === undefined) return ask
  return `${name} can only repeat one GET without headers that is answered below 400, found ${extra} in workload "${workload.name}"; use the built-in engine.`
}

/** What of an ask is too much for such a program, if anything. */
function extraOf({ request, expect }: Ask): string | undefined {
  if (request.method !== 'GET') return request.method
  if (request.headers !== undefined) return 'headers'
  if (request.body !== undefined) return 'a body'
  if (expect.headers !== undefined) return 'headers to be checked'
  return expect.status < 400 ? undefined : `status ${expect.status}`
}

/** The part of an engine that is the same for all such programs. */
export const oneRequestEngine = (
  program: Program,
): Pick<Engine, 'name' | 'leastWindowMs' | 'paces' | 'refuses' | 'open'> => ({
  name: program.name,
  leastWindowMs: leastRunMs,
  paces: false,
  refuses: (workload, seed) => {
    const ask = onlyAsk(program.name, workload, seed)
    return typeof ask === 'string' ? ask : undefined
  },
  open: async (arms, seed, options = {}) => new ProgramLoad(program, arms, seed, options),
})

/** Answers that failed in a window. */
export const failures = ({ errors }: WindowReading): number =>
  errors.status + errors.body + errors.socket + errors.timeout

/** Two runs of one window as one. */
export function added(one: WindowReading, other: WindowReading): WindowReading {
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

/**
 * What a command prints, also where it ends with a code above 0 after it.
 * @returns undefined where there is no such command
 */
export async function printed(
  command: string,
  args: readonly string[],
): Promise<string | undefined> {
  try {
    return (await execute(command, [...args])).stdout
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string')
      return error.stdout === '' ? undefined : error.stdout
    throw error
  }
}
