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
import type { Environment, Sitting } from './environment.ts'
import { mergeGates, mergeWarnings, type Observations } from './observations.ts'

/** What is known before the first window. */
export type Header = Pick<
  Result,
  'id' | 'command' | 'startedAt' | 'seed' | 'design' | 'environment' | 'contenders' | 'control'
> & {
  readonly installs?: Footprint['installs']
}

/** A run that is gone on with: its file, and the sitting that begins. */
export interface Resumption {
  readonly path: string
  readonly result: Result
  readonly sitting: Sitting
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

/** What a result file holds of its run so far; grows with every block. */
interface Known {
  readonly windows: Window[]
  readonly plateau: PlateauWindow[]
  readonly warmups: Warmup[]
  readonly quiet: Quiet[]
  readonly footprint: Footprint
  readonly capacities: Capacity[]
  readonly probes: Probe[]
  gates: Gate[]
  warnings: Warning[]
  sittings: Sitting[]
}

interface Written {
  readonly recorder: Recorder
  readonly write: (state: ResultState, fresh?: boolean) => Promise<Result>
}

/** A recorder that writes what is known, and what comes, to a file. */
const recorderOf = (path: string, header: Header, known: Known): Written => {
  const { windows, plateau, warmups, quiet, footprint, capacities, probes } = known
  let { environment } = header
  let finished = false

  const write = async (state: ResultState, fresh = false): Promise<Result> => {
    const { id, command, startedAt, seed, design, contenders, control } = header
    const { gates, warnings, sittings } = known
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
      ...(sittings.length === 0 ? {} : { sittings }),
      contenders,
      ...taken,
      ...derive({ design, contenders, ...taken, gates, warnings }),
    }
    await writeWhole(path, `${JSON.stringify(result)}\n`, fresh)
    return result
  }
  const observe = (seen: Observations): void => {
    if (finished) throw new Error('the result file is finished and takes nothing more')
    known.gates = mergeGates(known.gates, seen.gates)
    known.warnings = mergeWarnings(known.warnings, seen.warnings)
  }
  const recorder: Recorder = {
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
      const last = known.sittings.at(-1)
      if (last === undefined) environment = { ...environment, ...ending.environment }
      else known.sittings = [...known.sittings.slice(0, -1), { ...last, ...ending.environment }]
      finished = true
      return write(state)
    },
  }
  return { recorder, write }
}

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
  const { recorder, write } = recorderOf(path, header, {
    windows: [],
    plateau: [],
    warmups: [],
    quiet: [],
    footprint: { starts: [], stands: [], installs: [...(header.installs ?? [])] },
    capacities: [],
    probes: [],
    gates: [],
    warnings: [],
    sittings: [],
  })
  await write('running', true)
  return recorder
}

/** Goes on with a result file, in state `running` again; what cut it short before is forgotten. */
export const resumeRecorder = async ({ path, result, sitting }: Resumption): Promise<Recorder> => {
  const { gates, warnings, footprint, sittings = [] } = result
  const { recorder, write } = recorderOf(resolve(path), result, {
    windows: [...result.windows],
    plateau: [...(result.plateau ?? [])],
    warmups: [...(result.warmups ?? [])],
    quiet: [...(result.quiet ?? [])],
    footprint: structuredClone(footprint ?? { starts: [], stands: [], installs: [] }),
    capacities: [...(result.capacities ?? [])],
    probes: [...(result.probes ?? [])],
    gates: gates.filter(({ basis }) => basis === 'observed'),
    warnings: warnings.filter(({ basis, code }) => basis === 'observed' && code !== 'CUT_SHORT'),
    sittings: [...sittings, sitting],
  })
  await write('running')
  return recorder
}
