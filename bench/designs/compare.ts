/** A comparison of designs, from the words on the command line to the finished document. */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GapwiseError } from '../../src/errors.ts'
import { parseContenders } from '../contenders/parse.ts'
import { prepareContenders } from '../contenders/prepare.ts'
import { describeProblem, verify } from '../contract.ts'
import { allowedCores, planCores } from '../core-budget.ts'
import { reference, windowDesigns } from '../designs.ts'
import { loadEngine } from '../engines/by-name.ts'
import { usesDatabase } from '../expectations.ts'
import type { Io } from '../io.ts'
import { readEnding } from '../machine.ts'
import type { MeasureRequest } from '../measure-options.ts'
import { confidence, readEnvironment, resultsFolder } from '../measure-record.ts'
import { openPlace } from '../place.ts'
import { createProgress } from '../progress.ts'
import { checkOut } from '../result/recorder.ts'
import { openPostgres } from '../services/postgres/open-postgres.ts'
import { openUpstream } from '../services/upstream.ts'
import { withSupervisor } from '../services/with-supervisor.ts'
import { loadWorkload } from '../workloads/by-name.ts'
import { writeWhole } from '../write-whole.ts'
import type { DesignsDocument } from './document.ts'
import { runPair } from './pair.ts'
import { pairsOf, planDesigns } from './plan.ts'

/** A comparison that ended, whole or interrupted. */
export interface Compared {
  readonly document: DesignsDocument
  readonly path: string
}

const usage = (code: string, message: string): GapwiseError =>
  new GapwiseError('usage', code, message)

/** @throws GapwiseError `usage` NOT_FRESH or TOO_MANY */
async function contendersOf(words: readonly string[]) {
  const [first = 'baseline', ...others] = words
  const contenders = await parseContenders([first, first, ...others])
  const running = contenders.find(({ fresh }) => !fresh)
  if (running !== undefined)
    throw usage(
      'NOT_FRESH',
      `${running.id} runs already, and each block needs a fresh process of it: name profiles or peers.`,
    )
  if (contenders.filter(({ id }) => id.startsWith(first)).length !== 2)
    throw usage('NOT_ONE_CONTENDER', `The first contender has to be one; name a level of ${first}.`)
  return contenders
}

/**
 * Compares designs on one workload at one number of connections.
 * @param words contenders as written; the first is also set against its own twin
 * @returns undefined when it was interrupted before there was a document
 * @throws GapwiseError as `measure` does
 */
export async function compareDesigns(
  words: readonly string[],
  request: MeasureRequest,
  command: string,
  io: Io,
): Promise<Compared | undefined> {
  const [workloadName = '', ...moreWorkloads] = request.workloads
  const [connections = 32, ...morePoints] = request.connections
  if (moreWorkloads.length + morePoints.length + request.rates.length > 0)
    throw usage(
      'ONE_POINT',
      'Designs are compared on one workload at one number of connections: leave out the others, and --rate.',
    )
  const workload = await loadWorkload(workloadName)
  const engine = await loadEngine('built-in')
  const contenders = await contendersOf(words)
  const reachesDatabase = usesDatabase(workload)
  // Both arms would share one database's cores and locks in the same window (DESIGN 5).
  const designs = windowDesigns.filter(({ atOnce }) => !(atOnce && reachesDatabase))
  const plan = planDesigns({
    pairs: pairsOf(contenders.map(({ id }) => id)),
    designs,
    budgetMs: request.budgetMs,
    seed: request.seed,
    blocks: request.blocks,
  })
  const cores = planCores(request.cores, allowedCores(), { clustered: false, elsewhere: false })
  if (request.out !== undefined) await checkOut(request.out)
  const progress = createProgress(io)
  await prepareContenders(contenders, progress, io.signal)
  if (io.signal.aborted) return undefined

  let kept: Compared | undefined
  await withSupervisor(command, io, async (supervisor) => {
    progress.show('starting PostgreSQL')
    const { databaseUrl, upstreamLatencyMs } = request
    await using postgres = await openPostgres({ supervisor, databaseUrl, progress: progress.note })
    await using upstream = await openUpstream({
      supervisor,
      latencyMs: upstreamLatencyMs,
      cores: cores.generator,
    })
    const environment = await readEnvironment(engine, postgres, cores)
    const path = resolve(request.out ?? join(resultsFolder, `designs-${supervisor.runId}.json`))
    if (request.out === undefined) await mkdir(resultsFolder, { recursive: true })
    let document: DesignsDocument = {
      schemaVersion: 1,
      id: supervisor.runId,
      state: 'running',
      command,
      startedAt: new Date().toISOString(),
      seed: request.seed,
      workload: workload.name,
      connections,
      confidence,
      environment,
      designs: designs.map((design) => ({ ...design })),
      reference: reference.name,
      pairs: plan.pairs.map(([base, contender]) => ({ base, contender })),
      blocks: plan.blocks,
      stretches: [],
    }
    const keep = async (change: Partial<DesignsDocument>, fresh = false): Promise<void> => {
      document = { ...document, ...change }
      await writeWhole(path, `${JSON.stringify(document)}\n`, fresh)
      kept = { document, path }
    }
    await keep({}, true)
    progress.note(
      `comparing ${designs.length} designs on ${plan.pairs.length} pairs, ${workload.name}: ${plan.blocks} blocks, about ${Math.round(plan.totalMs / 60_000)} minutes`,
    )
    const end = async (state: DesignsDocument['state']): Promise<void> =>
      keep({
        state,
        finishedAt: new Date().toISOString(),
        environment: { ...environment, ...(await readEnding(environment.before)) },
      })
    try {
      for (const [done, work] of plan.work.entries()) {
        const records = await runPair(
          {
            contenders,
            openPlace: (contender) =>
              openPlace(contender, { supervisor, postgres, upstream, cores: cores.contender }),
            verify: async (url, endpoints, options) =>
              (await verify(url, endpoints, options)).map(describeProblem),
            engine,
            ...(cores.generator === undefined ? {} : { generatorCores: cores.generator }),
            databaseCpu: reachesDatabase ? postgres.cpu : undefined,
            signal: io.signal,
            seed: request.seed,
            workload,
            connections,
            tell: (doing) =>
              progress.show(
                `block ${work.block + 1}/${plan.blocks} · ${doing} · ${done} of ${plan.work.length} pairs done`,
              ),
          },
          work,
        )
        if (records === undefined) break
        await keep({ stretches: [...document.stretches, ...records] })
      }
    } catch (error) {
      await end('partial')
      progress.note(`What was taken before the failure is kept in ${path}.`)
      throw error
    }
    await end(io.signal.aborted ? 'partial' : 'complete')
  })
  progress.clear()
  return kept
}
