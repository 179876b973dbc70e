/** Opens the result file of a measurement with everything that is known before the first window. */
import { fileURLToPath } from 'node:url'
import { primaryMetric, usesDatabase, usesUpstream } from './expectations.ts'
import type { CoreBudget } from './core-budget.ts'
import type { Engine } from './engine.ts'
import { readMachine } from './machine.ts'
import type { Ready } from './measure-ready.ts'
import { readNoise } from './noise.ts'
import type { Environment } from './result/environment.ts'
import { deltaOn, type Noise, worstFloor } from './result/floor.ts'
import type { Study } from './plan/study.ts'
import { createRecorder, type Header, type Recorder, resumeRecorder } from './result/recorder.ts'
import { assertSameRun, type Earlier } from './resume.ts'
import type { Contender } from './contender.ts'
import type { Design, Install } from './results.ts'
import type { Postgres } from './services/postgres.ts'

/** Where results go unless `--out` says otherwise. */
export const resultsFolder = fileURLToPath(new URL('results/', import.meta.url))

/** Of every interval (DESIGN 5). */
export const confidence = 0.95

/** As the document has it, whose lists may be changed. */
const studyOf = (study: Study): NonNullable<Design['study']> =>
  study.kind === 'slo'
    ? { ...study, limits: study.limits.map((limit) => ({ ...limit })) }
    : { ...study, shares: [...study.shares] }

const designOf = (
  { plan, workloads, request, cores, against }: Ready,
  noise: Noise | undefined,
): Design => ({
  workloads: workloads.map((workload) => ({
    name: workload.name,
    bottleneck: workload.bottleneck,
    database: usesDatabase(workload),
    primary: primaryMetric(workload),
  })),
  connections: [...request.connections],
  ...(plan.paces.length === 0 ? {} : { paced: plan.paces.map((pace) => ({ ...pace })) }),
  ...(plan.study === undefined ? {} : { study: studyOf(plan.study) }),
  budgetMs: plan.budgetMs,
  blocks: plan.expectedBlocks,
  rounds: plan.rounds,
  ...(plan.mostRounds > plan.rounds ? { mostRounds: plan.mostRounds } : {}),
  windowMs: plan.windowMs,
  warmupMs: plan.warmupMs,
  ...(cores.contender === undefined ? {} : { contenderCores: cores.contender.length }),
  ...(against.length === 0 ? {} : { against: [...against] }),
  ...(request.precision === undefined ? {} : { precision: request.precision }),
  ...(workloads.some(usesUpstream) ? { upstreamLatencyMs: request.upstreamLatencyMs } : {}),
  confidence,
  delta: deltaOn(noise),
  ...(noise === undefined ? {} : floorFacts(noise)),
  indicative: plan.indicative,
})

/** What the result tells of an earlier `gapwise noise` on this machine. */
const floorFacts = (noise: Noise): Pick<Design, 'floor'> => {
  const share = worstFloor(noise)?.floor
  const { runId, measuredAt, blocks, firm } = noise
  return share === undefined ? {} : { floor: { share, runId, measuredAt, blocks, firm } }
}

/** An open result file and the machine as it was when it was opened. */
export interface Record {
  readonly recorder: Recorder
  readonly environment: Environment
}

/** Of all contenders, with why it is not known where it is not. */
const installsOf = (contenders: readonly Contender[]): Promise<Install[]> =>
  Promise.all(
    contenders.map(async (contender): Promise<Install> => {
      const size = await contender.installSize?.()
      return {
        contender: contender.id,
        ...(size ?? { detail: 'it was started before the bench' }),
      }
    }),
  )

/** The machine as it is before the first window, with what a run uses on it. */
export const readEnvironment = async (
  engine: Engine,
  postgres: Postgres,
  cores: CoreBudget,
): Promise<Environment> =>
  readMachine({
    engine: { name: engine.name, version: await engine.version() },
    database: {
      version: postgres.version,
      origin: postgres.embedded ? 'embedded' : 'external',
      settings: { ...postgres.settings },
    },
    coreBudget: cores.words,
  })

async function headerOf(
  ready: Ready,
  id: string,
  command: string,
  environment: Environment,
): Promise<Header> {
  const { request, contenders, control } = ready
  return {
    id,
    command,
    startedAt: new Date().toISOString(),
    seed: request.seed,
    design: designOf(ready, await readNoise(resultsFolder, environment)),
    environment,
    contenders: contenders.map(({ id, kind, toggles, versions, fresh }) => ({
      id,
      kind,
      toggles: { ...toggles },
      versions: { ...versions },
      fresh,
    })),
    ...(request.footprint ? { installs: await installsOf(contenders) } : {}),
    ...(control === undefined ? {} : { control: { id: control.id, of: contenders[0]?.id ?? '' } }),
  }
}

/**
 * Reads the machine and opens the result file of a run, or that of an earlier one which this goes on with.
 * @param id of this command's processes
 * @throws GapwiseError `notComparable` RESUME_DIFFERS; what createRecorder throws
 */
export async function openRecord(
  ready: Ready,
  id: string,
  command: string,
  postgres: Postgres,
  earlier?: Earlier,
): Promise<Record> {
  const environment = await readEnvironment(ready.engine, postgres, ready.cores)
  const header = await headerOf(ready, id, command, environment)
  if (earlier === undefined) {
    const { out } = ready.request
    const place = { dir: resultsFolder, ...(out === undefined ? {} : { out }) }
    return { recorder: await createRecorder({ ...place, header }), environment }
  }
  assertSameRun(earlier, header)
  const { git, before } = environment
  const sitting = {
    id,
    startedAt: header.startedAt,
    firstBlock: earlier.blocks,
    before,
    ...(git === undefined ? {} : { git }),
  }
  return { recorder: await resumeRecorder({ ...earlier, sitting }), environment }
}
