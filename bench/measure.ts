/** One measurement, from the words on the command line to the finished result file. */
import { rm } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { GapwiseError } from '../src/errors.ts'
import type { Contender } from './contender.ts'
import { prepareContenders } from './contenders/prepare.ts'
import { describeProblem, verify } from './contract.ts'
import { measureStand } from './footprint.ts'
import { databaseStateGate, type TrialFaults } from './database-state.ts'
import type { Io } from './io.ts'
import { readEnding } from './machine.ts'
import { machineClock } from './machine-time.ts'
import { type MeasureOptions, parseMeasureOptions } from './measure-options.ts'
import { makeReady, type Ready } from './measure-ready.ts'
import { openRecord, type Record } from './measure-record.ts'
import { openPlace } from './place.ts'
import { remainingMs } from './plan/progress.ts'
import { createProgress, type Progress } from './progress.ts'
import { blocksDone } from './result/firmness.ts'
import { mayStopOnPrecision } from './result/precision.ts'
import type { Recorder } from './result/recorder.ts'
import { readEarlier, restOf } from './resume.ts'
import type { Result, Warning } from './results.ts'
import { run } from './runner.ts'
import type { Postgres } from './services/postgres.ts'
import { openUpstream, type Upstream } from './services/upstream.ts'
import { watchDatabases } from './services/postgres/state.ts'
import { openPostgres } from './services/postgres/open-postgres.ts'
import { withSupervisor } from './services/with-supervisor.ts'
import type { Supervisor } from './supervisor.ts'
import { type Finding, truthGates } from './truth.ts'

/** A measurement that ended, whole or interrupted. */
export interface Measured {
  readonly result: Result
  /** Of the result file. */
  readonly path: string
}

/** What runs beside the contenders. */
interface Services {
  readonly supervisor: Supervisor
  readonly postgres: Postgres
  readonly upstream: Upstream
}

/** Where the budget decides, quick starts make more blocks than expected, and rough blocks take the time of several. */
const blocksWords = ({ expectedBlocks, blocks }: Ready['plan']): string =>
  `${blocks.length > expectedBlocks ? 'about ' : ''}${expectedBlocks} ${expectedBlocks === 1 ? 'block' : 'blocks'}`

const planSentence = ({ plan, contenders, control, workloads }: Ready): string =>
  `measuring ${contenders.map(({ id }) => id).join(', ')}${control === undefined ? '' : ' and a control'} on ${workloads.map(({ name }) => name).join(', ')}: ` +
  `${blocksWords(plan)}, about ${Math.round(plan.totalMs / 1000)} s`

async function runAndRecord(
  ready: Ready,
  recorder: Recorder,
  { supervisor, postgres, upstream }: Services,
  io: Io,
  progress: Progress,
): Promise<'complete' | 'partial'> {
  const { plan, contenders, control, workloads, engine, cores, request } = ready
  const beside = { supervisor, postgres, upstream, cores: cores.contender }
  const placeOf = (contender: Contender) => openPlace(contender, beside)
  const generatorCores = cores.generator === undefined ? {} : { generatorCores: cores.generator }
  const stands = {
    engine,
    seed: plan.seed,
    dir: supervisor.dir,
    openPlace: placeOf,
    ...generatorCores,
  }
  const allFindings: Finding[] = []
  const allFaults: TrialFaults[] = []
  const { interrupted } = await run({
    plan,
    contenders: control === undefined ? contenders : [...contenders, control],
    workloads,
    engine,
    openPlace: placeOf,
    ...generatorCores,
    ...(request.footprint ? { footprint: (order) => measureStand(stands, order) } : {}),
    databaseCpu: postgres.cpu,
    ...(postgres.processes === undefined ? {} : { databaseProcesses: postgres.processes }),
    upstreamCpu: upstream.cpu,
    machineClock,
    databaseWatch: watchDatabases(postgres),
    verify: async (url, endpoints, options) =>
      (await verify(url, endpoints, options)).map(describeProblem),
    record: async (block) => {
      allFindings.push(...block.findings)
      allFaults.push(...block.databaseFaults)
      const { comparisons } = await recorder.block(block, {
        gates: [
          {
            name: 'contract',
            ok: true,
            detail:
              'every contender kept all of it before the first block, and what was measured before and after each trial',
          },
          {
            name: 'identity',
            ok: true,
            detail: 'every port belonged to the process started for it',
          },
          { name: 'profile', ok: true, detail: 'every profile ran the toggles asked for' },
          ...truthGates(allFindings),
          ...(allFaults.length === 0 ? [] : [databaseStateGate(allFaults)]),
        ],
        warnings: ready.leftOut.map((message) => ({ code: 'NOT_OFFERED', message })),
      })
      const { precision } = request
      return {
        preciseEnough: precision !== undefined && mayStopOnPrecision(comparisons, precision),
      }
    },
    signal: io.signal,
    onMoment: ({ block, doing, elapsedMs }) => {
      const blocksDone = Math.max(0, block - (plan.blocks[0]?.index ?? 0))
      const leftS = Math.round(remainingMs(plan, { blocksDone, elapsedMs }) / 1000)
      progress.show(`block ${block + 1} · ${doing} · about ${leftS} s left`)
    },
    now: () => performance.now(),
  })
  return interrupted ? 'partial' : 'complete'
}

/** Whether every answer that was counted was right. */
export const isSound = ({ gates }: Result): boolean =>
  gates.every(({ name, ok }) => ok || name !== 'errors')

async function finish(
  { recorder, environment }: Record,
  state: 'complete' | 'partial',
  warnings: readonly Omit<Warning, 'basis'>[] = [],
): Promise<Measured> {
  const ending = await readEnding(environment.before)
  return {
    result: await recorder.finish(state, { environment: ending, warnings }),
    path: recorder.path,
  }
}

/** After a failure: keeps the blocks that ended before it, with the reason, and no file where there are none. */
async function keepBlocks(record: Record, failure: unknown, progress: Progress): Promise<void> {
  const code = failure instanceof GapwiseError ? failure.code : 'FAILED'
  const [line = ''] = String(failure instanceof Error ? failure.message : failure).split('\n')
  const reason = line.replace(/ The end of its log:$/, '').replace(/:$/, '.')
  const message = `The run was cut short by ${code}: ${reason}`
  const { result, path } = await finish(record, 'partial', [{ code: 'CUT_SHORT', message }])
  const blocks = blocksDone(result)
  if (blocks === 0) await rm(path)
  else {
    const kept = blocks === 1 ? '1 block is' : `${blocks} blocks are`
    progress.note(`${kept} kept from before the failure: npm run report -- ${path}`)
  }
}

/**
 * Measures contenders against the first of them.
 * @param words contenders as written
 * @param command what the user typed, kept in the result file
 * @returns undefined when it was interrupted before there was a result file
 * @throws GapwiseError for everything that DESIGN 6 has an exit code for; blocks that ended before stay in the file
 */
export async function measure(
  words: readonly string[],
  options: MeasureOptions,
  command: string,
  io: Io,
): Promise<Measured | undefined> {
  const earlier = options.resume === undefined ? undefined : await readEarlier(options.resume)
  const seed = options.seed ?? earlier?.result.seed.toString()
  const request = parseMeasureOptions({ ...options, ...(seed === undefined ? {} : { seed }) })
  const made = await makeReady(words, request)
  const ready = earlier === undefined ? made : { ...made, plan: restOf(made.plan, earlier) }
  const progress = createProgress(io)
  await prepareContenders(ready.contenders, progress, io.signal)
  if (io.signal.aborted) return undefined

  let record: Record | undefined
  let measured: Measured | undefined
  try {
    await withSupervisor(command, io, async (supervisor) => {
      progress.show('starting PostgreSQL')
      await using postgres = await openPostgres({
        supervisor,
        databaseUrl: ready.request.databaseUrl,
        progress: progress.note,
      })
      if (io.signal.aborted) return
      await using upstream = await openUpstream({
        supervisor,
        latencyMs: ready.request.upstreamLatencyMs,
        cores: ready.cores.generator,
      })
      const opened = await openRecord(ready, supervisor.runId, command, postgres, earlier)
      record = opened
      for (const line of ready.leftOut) progress.note(line)
      progress.note(planSentence(ready))
      const services = { supervisor, postgres, upstream }
      const state = await runAndRecord(ready, opened.recorder, services, io, progress)
      // Interrupted work that came too late finds its file finished below.
      if (state === 'complete') measured = await finish(opened, state)
    })
  } catch (error) {
    progress.clear()
    if (record !== undefined && measured === undefined) await keepBlocks(record, error, progress)
    throw error
  }
  progress.clear()
  if (record === undefined) return undefined
  return measured ?? finish(record, 'partial')
}
