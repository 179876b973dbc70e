/** One measurement, from the words on the command line to the finished result file. */
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { GapwiseError } from '../src/errors.ts'
import type { Contender } from './contender.ts'
import { parseContenders } from './contenders/parse.ts'
import { prepareContenders } from './contenders/prepare.ts'
import { describeProblem, verify } from './contract.ts'
import type { Engine } from './engine.ts'
import { loadEngine } from './engines/by-name.ts'
import { primaryMetric, usesDatabase } from './expectations.ts'
import type { Io } from './io.ts'
import { readEnding, readMachine } from './machine.ts'
import { type MeasureOptions, type MeasureRequest, parseMeasureOptions } from './measure-options.ts'
import { createPlan, type Plan, remainingMs } from './plan.ts'
import { createProgress, type Progress } from './progress.ts'
import type { Environment } from './result/environment.ts'
import { createRecorder, checkOut, type Recorder } from './result/recorder.ts'
import type { Design, Result } from './results.ts'
import { run } from './runner.ts'
import type { Postgres } from './services/postgres.ts'
import { openPostgres } from './services/postgres/open-postgres.ts'
import { withSupervisor } from './services/with-supervisor.ts'
import type { Supervisor } from './supervisor.ts'
import type { Workload } from './workload.ts'
import { loadWorkload } from './workloads/by-name.ts'

/** Where results go unless `--out` says otherwise. */
export const resultsFolder = fileURLToPath(new URL('results/', import.meta.url))

/** Of every interval, and the largest difference that does not matter (DESIGN 5). */
const confidence = 0.95
const delta = 0.02

/** A measurement that ended, whole or interrupted. */
export interface Measured {
  readonly result: Result
  /** Of the result file. */
  readonly path: string
}

interface Ready {
  readonly request: MeasureRequest
  readonly plan: Plan
  readonly contenders: readonly Contender[]
  readonly workloads: readonly Workload[]
  readonly engine: Engine
}

/** Everything that can be wrong with the words is found here, before anything is started. */
async function makeReady(words: readonly string[], request: MeasureRequest): Promise<Ready> {
  const workloads = await Promise.all(request.workloads.map(loadWorkload))
  const engine = await loadEngine(request.engine)
  const contenders = await parseContenders(words)
  const offers = workloads.map(({ name, endpoints }) => ({
    name,
    contenders: contenders
      .filter((contender) => endpoints.every((endpoint) => contender.endpoints.includes(endpoint)))
      .map(({ id }) => id),
  }))
  const plan = createPlan({
    contenders: contenders.map(({ id }) => id),
    workloads: offers,
    connections: request.connections,
    seed: request.seed,
    budgetMs: request.budgetMs,
    quick: request.quick,
  })
  if (request.out !== undefined) await checkOut(request.out)
  const reason = await engine.unavailable()
  if (reason !== undefined) throw new GapwiseError('environment', 'ENGINE_UNAVAILABLE', reason)
  return { request, plan, contenders, workloads, engine }
}

const designOf = ({ plan, workloads, request }: Ready): Design => ({
  workloads: workloads.map((workload) => ({
    name: workload.name,
    bottleneck: workload.bottleneck,
    database: usesDatabase(workload),
    primary: primaryMetric(workload),
  })),
  connections: [...request.connections],
  budgetMs: plan.budgetMs,
  blocks: plan.blocks.length,
  rounds: plan.rounds,
  windowMs: plan.windowMs,
  warmupMs: plan.warmupMs,
  confidence,
  delta,
  indicative: plan.indicative,
})

const coreBudget = (cores: number | undefined): string =>
  cores === undefined
    ? `whole machine: contender, PostgreSQL and generator share all ${availableParallelism()} cores`
    : `each contender on ${cores} ${cores === 1 ? 'core' : 'cores'}; PostgreSQL and the generator on all ${availableParallelism()}`

/** An open result file and the machine as it was when it was opened. */
interface Record {
  readonly recorder: Recorder
  readonly environment: Environment
}

async function openRecord(
  { request, contenders, engine, ...ready }: Ready,
  id: string,
  command: string,
  postgres: Postgres,
): Promise<Record> {
  const environment = await readMachine({
    engine: { name: engine.name, version: await engine.version() },
    database: {
      version: postgres.version,
      origin: postgres.embedded ? 'embedded' : 'external',
      settings: { ...postgres.settings },
    },
    coreBudget: coreBudget(request.cores),
  })
  const recorder = await createRecorder({
    dir: resultsFolder,
    ...(request.out === undefined ? {} : { out: request.out }),
    header: {
      id,
      command,
      startedAt: new Date().toISOString(),
      seed: request.seed,
      design: designOf({ request, contenders, engine, ...ready }),
      environment,
      contenders: contenders.map(({ id, kind, toggles, versions, fresh }) => ({
        id,
        kind,
        toggles: { ...toggles },
        versions: { ...versions },
        fresh,
      })),
    },
  })
  return { recorder, environment }
}

const planSentence = ({ plan, contenders, workloads }: Ready): string =>
  `measuring ${contenders.map(({ id }) => id).join(', ')} on ${workloads.map(({ name }) => name).join(', ')}: ` +
  `${plan.blocks.length} blocks, about ${Math.round(plan.totalMs / 1000)} s`

async function runAndRecord(
  ready: Ready,
  recorder: Recorder,
  supervisor: Supervisor,
  postgres: Postgres,
  io: Io,
  progress: Progress,
): Promise<'complete' | 'partial'> {
  const { plan, contenders, engine, request } = ready
  const urls = new Map<string, string>()
  for (const { id, kind } of contenders) {
    if (kind !== 'url') urls.set(id, await postgres.createDatabase(id))
  }
  const cores =
    request.cores === undefined
      ? undefined
      : Array.from({ length: request.cores }, (_, core) => core)
  const { interrupted } = await run({
    plan,
    contenders,
    engine,
    siteOf: ({ id }) => ({
      supervisor,
      databaseUrl: urls.get(id) ?? '',
      ...(cores === undefined ? {} : { cores }),
    }),
    databaseCpu: postgres.cpu,
    verify: async (url, endpoints) => (await verify(url, endpoints)).map(describeProblem),
    record: (windows) =>
      recorder.block(windows, {
        gates: [
          {
            name: 'contract',
            ok: true,
            detail: 'every contender kept it before and after each block',
          },
          {
            name: 'identity',
            ok: true,
            detail: 'every port belonged to the process started for it',
          },
          { name: 'profile', ok: true, detail: 'every profile ran the toggles asked for' },
        ],
      }),
    signal: io.signal,
    onMoment: ({ block, doing, elapsedMs }) => {
      const leftS = Math.round(remainingMs(plan, { blocksDone: block, elapsedMs }) / 1000)
      progress.show(`block ${block + 1}/${plan.blocks.length} · ${doing} · about ${leftS} s left`)
    },
    now: () => performance.now(),
  })
  return interrupted ? 'partial' : 'complete'
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
  const ready = await makeReady(words, parseMeasureOptions(options))
  const progress = createProgress(io)
  await prepareContenders(ready.contenders, progress)

  let record: Record | undefined
  let result: Result | undefined
  const finish = async (state: 'complete' | 'partial'): Promise<void> => {
    if (record === undefined || result !== undefined) return
    const environment = await readEnding(record.environment.before)
    result = await record.recorder.finish(state, { environment })
  }
  try {
    await withSupervisor(command, io, async (supervisor) => {
      progress.note(planSentence(ready))
      await using postgres = await openPostgres({
        supervisor,
        databaseUrl: ready.request.databaseUrl,
        progress: progress.note,
      })
      if (io.signal.aborted) return
      record = await openRecord(ready, supervisor.runId, command, postgres)
      const { recorder } = record
      await finish(await runAndRecord(ready, recorder, supervisor, postgres, io, progress))
    })
  } finally {
    progress.clear()
    await finish('partial')
  }
  return record === undefined || result === undefined
    ? undefined
    : { result, path: record.recorder.path }
}
