/** `gapwise selftest`: plants slowdowns of a known size in a server and looks whether the bench finds them. */
import { join } from 'node:path'
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { parseDuration } from '../duration.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { isSound, measure, type Measured } from '../measure.ts'
import type { MeasureOptions } from '../measure-options.ts'
import { renderSelftest } from '../report/selftest.ts'
import type { Result } from '../results.ts'
import {
  amountsFor,
  fewConnections,
  judgePlant,
  manyConnections,
  type Plant,
  type PlantReport,
  plants,
  type Unplanted,
} from '../selftest/judge.ts'
import { type PlantKind, writePlanted } from '../selftest/planted.ts'
import { cacheDir } from '../supervisor/cache-dir.ts'

/** Options as commander gives them. */
export interface SelftestOptions {
  readonly budget: string
  readonly seed?: string
  readonly cores?: string
  readonly databaseUrl?: string
  readonly json: boolean
}

/** Shares of the budget: a first look at the cost, what is planted in cost, what waits. */
const shares = { unplanted: 0.08, cost: 0.62, waiting: 0.3 } as const

/** Two blocks of each run fit into this, and they are few. */
const leastBudgetMs = 60_000

/** @throws GapwiseError `usage` BAD_DURATION or BUDGET_TOO_SMALL */
export function parseBudget(text: string): number {
  const budgetMs = parseDuration(text, '--budget')
  if (budgetMs >= leastBudgetMs) return budgetMs
  throw new GapwiseError(
    'usage',
    'BUDGET_TOO_SMALL',
    `A selftest makes three runs and needs at least --budget ${leastBudgetMs / 1000}s, found "${text}"; four minutes are usual.`,
  )
}

/** What a server without a load does. @throws GapwiseError `invalid` SELFTEST_UNMEASURED */
export function unplantedIn({ summaries }: Pick<Result, 'summaries'>): Unplanted {
  const valueOf = (metric: string, connections: number): number | undefined =>
    summaries.find((each) => each.metric === metric && each.point.connections === connections)
      ?.value
  const costNs = valueOf('cost', manyConnections)
  const capacity = valueOf('capacity', fewConnections)
  if (costNs !== undefined && capacity !== undefined) return { costNs, capacity }
  throw new GapwiseError(
    'invalid',
    'SELFTEST_UNMEASURED',
    'The server without a load has no cost or no requests/s, so nothing can be planted by measure: gapwise doctor tells what is missing, npm run report what failed.',
  )
}

/**
 * Judges plants of one run, whose base is the server without a load.
 * @param idOf the contender of a plant
 */
export const judgeRun = (
  result: Result,
  wanted: readonly Plant[],
  idOf: (kind: PlantKind) => string,
): PlantReport[] => {
  const disturbed = result.gates.some(({ name, ok }) => name === 'quiet' && !ok)
  return wanted.map((plant) =>
    judgePlant(
      plant,
      result.comparisons.find(
        ({ contender, metric, point }) =>
          contender === idOf(plant.kind) &&
          metric === plant.metric &&
          point.connections === plant.connections,
      ),
      disturbed,
    ),
  )
}

/** 0 when all is as it should be, 6 when the bench was wrong, 3 when the machine is too noisy to tell. */
export const selftestCode = (reports: readonly PlantReport[]): number => {
  const has = (...outcomes: readonly PlantReport['outcome'][]): boolean =>
    reports.some(({ outcome }) => outcomes.includes(outcome))
  if (has('missed', 'false alarm')) return exitCodes.invalid
  return has('too noisy') ? exitCodes.environment : exitCodes.ok
}

/** Measures, prints and judges; returns the exit code. */
export async function selftest(options: SelftestOptions, io: Io): Promise<number> {
  const budgetMs = parseBudget(options.budget)
  const { seed, cores, databaseUrl } = options
  const run = (
    words: readonly string[],
    connections: readonly number[],
    share: number,
  ): Promise<Measured | undefined> => {
    const own: MeasureOptions = {
      workload: 'json',
      connections: connections.join(','),
      budget: `${Math.round((budgetMs * share) / 1000)}s`,
      quick: false,
      engine: 'built-in',
      ...(seed === undefined ? {} : { seed }),
      ...(cores === undefined ? {} : { cores }),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    }
    return measure(words, own, 'selftest', io)
  }
  const folder = join(cacheDir('selftest'), 'planted')

  const none = await writePlanted(folder, { nothing: 0, cpu: 0, memory: 0, waiting: 1 })
  const bare = none('nothing')
  const first = await run([bare], [manyConnections, fewConnections], shares.unplanted)
  if (first === undefined || io.signal.aborted) return interruptedCode(io.signal)
  const wordOf = await writePlanted(folder, amountsFor(unplantedIn(first.result)))

  const costly = await run(
    [bare, bare, wordOf('cpu'), wordOf('memory')],
    [manyConnections],
    shares.cost,
  )
  if (costly === undefined || io.signal.aborted) return interruptedCode(io.signal)
  const waiting = await run([bare, wordOf('waiting')], [fewConnections], shares.waiting)
  if (waiting === undefined || io.signal.aborted) return interruptedCode(io.signal)

  const runs = [first, costly, waiting]
  // The base's own twin is the one in which nothing was planted.
  const idOf = ({ result }: Measured, kind: PlantKind): string =>
    kind === 'nothing'
      ? (result.contenders[1]?.id ?? '')
      : (result.contenders.find(({ id }) => id.endsWith(`:${kind}`))?.id ?? '')
  const reports = [costly, waiting].flatMap((measured) =>
    judgeRun(
      measured.result,
      plants.filter(({ kind }) => (kind === 'waiting') === (measured === waiting)),
      (kind) => idOf(measured, kind),
    ),
  )
  const paths = runs.map(({ path }) => path)
  io.out(
    options.json
      ? `${JSON.stringify({ reports, results: paths }, null, 2)}\n`
      : renderSelftest(reports, paths),
  )
  return runs.every(({ result }) => isSound(result)) ? selftestCode(reports) : exitCodes.invalid
}
