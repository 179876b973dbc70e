/** Writes a run's result file: at the start, after every block and at the end, each time whole or not at all. */
import { access, constants, mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { GapwiseError } from '../../src/errors.ts'
import {
  analysisVersion,
  schemaVersion,
  type Capacity,
  type Footprint,
  type FootprintStand,
  type FootprintStart,
  type Gate,
  type PlateauWindow,
  type Probe,
  type Quiet,
  type Result,
  type ResultState,
  type Warmup,
  type Warning,
  type Window,
} from '../results.ts'
import { outExists, writeWhole } from '../write-whole.ts'
import { derive } from './derive.ts'
import type { Environment } from './environment.ts'

/** What is known before the first window. */
export type Header = Pick<
  Result,
  'id' | 'command' | 'startedAt' | 'seed' | 'design' | 'environment' | 'contenders' | 'control'
> & {
  readonly installs?: Footprint['installs']
}

/** What was measured in one block. */
export interface Taken {
  readonly windows: readonly Window[]
  readonly warmups: readonly Warmup[]
  readonly plateau?: readonly PlateauWindow[]
  readonly quiet?: readonly Quiet[]
  readonly starts?: readonly FootprintStart[]
  readonly stands?: readonly FootprintStand[]
  readonly capacities?: readonly Capacity[]
  readonly probes?: readonly Probe[]
}

/** What the runner saw besides windows; gates of one name and scope are merged, a failure stays. */
export interface Observations {
  readonly gates?: readonly Omit<Gate, 'basis'>[]
  readonly warnings?: readonly Omit<Warning, 'basis'>[]
}

/** The machine's state when the run ends. */
export type Ending = Observations & {
  readonly environment?: Pick<Environment, 'after' | 'stealShare'>
}

export interface Recorder {
  /** Absolute. */
  readonly path: string
  /** Adds one block and writes the file. @returns the document as written */
  block(taken: Taken, observations?: Observations): Promise<Result>
  /** Writes the file for the last time. @returns the document as written */
  finish(state: Exclude<ResultState, 'running'>, ending?: Ending): Promise<Result>
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/**
 * Checks that a result can be written there, before anything is started.
 * @throws GapwiseError `usage` OUT_EXISTS or OUT_NOT_WRITABLE
 */
export const checkOut = async (path: string): Promise<void> => {
  const folder = dirname(resolve(path))
  try {
    await access(folder, constants.W_OK | constants.X_OK)
    if (await exists(path)) throw outExists(path)
  } catch (error) {
    if (error instanceof GapwiseError) throw error
    throw new GapwiseError(
      'usage',
      'OUT_NOT_WRITABLE',
      `The result file ${path} needs a folder that exists and can be written, and ${folder} is not: make it, or name another place with --out.`,
      { cause: error },
    )
  }
}

const scopeKey = (gate: Omit<Gate, 'basis'>): string => {
  const { name, workload, connections, ratePerSecond, shareOfCapacity, contender } = gate
  return JSON.stringify([name, workload, connections, ratePerSecond, shareOfCapacity, contender])
}

const mergeGates = (known: readonly Gate[], seen: Observations['gates'] = []): Gate[] => {
  const merged = new Map(known.map((gate) => [scopeKey(gate), gate]))
  for (const gate of seen)
    if (merged.get(scopeKey(gate))?.ok !== false)
      merged.set(scopeKey(gate), { ...gate, basis: 'observed' })
  return [...merged.values()]
}

const mergeWarnings = (known: readonly Warning[], seen: Observations['warnings'] = []) => {
  const texts = new Set(known.map(({ message }) => message))
  return [...known, ...seen.filter(({ message }) => !texts.has(message)).map(observedWarning)]
}

const observedWarning = (warning: Omit<Warning, 'basis'>): Warning => ({
  ...warning,
  basis: 'observed',
})

/**
 * Starts a result file, in state `running`.
 * @param options.dir folder for results, made when missing; the file is named after the run's id
 * @param options.out file to write instead, in a folder that exists
 * @throws GapwiseError `usage` OUT_EXISTS or OUT_NOT_WRITABLE
 */
export const createRecorder = async (options: {
  readonly dir: string
  readonly out?: string
  readonly header: Header
}): Promise<Recorder> => {
  const { dir, out, header } = options
  const path = resolve(out ?? join(dir, `${header.id}.json`))
  if (out === undefined) await mkdir(dir, { recursive: true })
  await checkOut(path)

  const windows: Window[] = []
  const plateau: PlateauWindow[] = []
  const warmups: Warmup[] = []
  const quiet: Quiet[] = []
  const footprint: Footprint = { starts: [], stands: [], installs: [...(header.installs ?? [])] }
  const capacities: Capacity[] = []
  const probes: Probe[] = []
  let gates: Gate[] = []
  let warnings: Warning[] = []
  let { environment } = header
  let finished = false

  const write = async (state: ResultState, fresh = false): Promise<Result> => {
    const { id, command, startedAt, seed, design, contenders, control } = header
    const taken = {
      ...(control === undefined ? {} : { control }),
      windows,
      plateau,
      warmups,
      quiet,
      footprint,
      ...(capacities.length === 0 ? {} : { capacities }),
      ...(probes.length === 0 ? {} : { probes }),
    }
    const result: Result = {
      schemaVersion,
      analysis: analysisVersion,
      id,
      state,
      command,
      startedAt,
      ...(state === 'running' ? {} : { finishedAt: new Date().toISOString() }),
      seed,
      design,
      environment,
      contenders,
      ...taken,
      ...derive({ design, contenders, ...taken, gates, warnings }),
    }
    await writeWhole(path, `${JSON.stringify(result)}\n`, fresh)
    return result
  }
  const observe = (seen: Observations): void => {
    if (finished) throw new Error('the result file is finished and takes nothing more')
    gates = mergeGates(gates, seen.gates)
    warnings = mergeWarnings(warnings, seen.warnings)
  }

  await write('running', true)
  return {
    path,
    async block(taken, observations = {}) {
      observe(observations)
      windows.push(...taken.windows)
      plateau.push(...(taken.plateau ?? []))
      warmups.push(...taken.warmups)
      quiet.push(...(taken.quiet ?? []))
      footprint.starts.push(...(taken.starts ?? []))
      footprint.stands.push(...(taken.stands ?? []))
      capacities.push(...(taken.capacities ?? []))
      probes.push(...(taken.probes ?? []))
      return write('running')
    },
    async finish(state, ending = {}) {
      observe(ending)
      environment = { ...environment, ...ending.environment }
      finished = true
      return write(state)
    },
  }
}
