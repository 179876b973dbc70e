/** One workload of one block: fresh processes and databases, verified, warmed, driven in mirrored rounds, verified again. */
import { hasClosedLoops, type Trial } from '../plan.ts'
import { atPoint } from '../point.ts'
import type { Quiet } from '../results.ts'
import { assertTruth, type Finding, findingsOf } from '../truth.ts'
import { measureCell } from './cell.ts'
import { type BlockRecord, type CellRecord, joined, type RunParts } from './parts.ts'
import { startOf } from './start-record.ts'
import { type TrialWatch, watchTrial } from './database.ts'
import { watchQuiet } from './quiet.ts'
import { inspect, type Stand, startAll } from './stands.ts'

/** Right answers by contender, warm-up included. */
type Tally = Map<string, number>

/** What a trial leaves. */
export type TrialRecord = Omit<BlockRecord, 'stands'>

/** Where and when a trial takes place. */
export interface TrialWork {
  readonly block: number
  readonly trial: Trial
  /** When the run began, by the parts' clock. */
  readonly startedMs: number
  readonly tell: (doing: string) => void
}

type Taken = Omit<TrialRecord, 'findings' | 'databaseFaults'>

/** Drives the cells of a trial, between two looks at the contract; undefined when it was interrupted. */
async function drive(
  parts: RunParts,
  { block, trial, startedMs, tell }: TrialWork,
  stands: readonly Stand[],
  tally: Tally,
  watch: TrialWatch,
): Promise<Taken | undefined> {
  const { engine, plan, signal, generatorCores, workloads } = parts
  if (signal.aborted) return undefined
  const endpoints = workloads.find(({ name }) => name === trial.workload)?.endpoints ?? []
  tell(`${trial.workload}: checking the contract`)
  await inspect(parts, stands, { when: 'before', endpoints })

  await using load = await engine.open(
    stands.map(({ contender: { id }, server: { url } }) => ({ id, url })),
    plan.seed,
    {
      ...(generatorCores === undefined ? {} : { cores: generatorCores }),
      givesWay: !hasClosedLoops(plan),
    },
  )
  const running = new Map(stands.map(({ contender: { id }, server }) => [id, server]))
  const databases = new Map(
    stands.flatMap(({ contender: { id }, place: { databaseName } }) =>
      databaseName === undefined ? [] : [[id, databaseName] as const],
    ),
  )
  const records: CellRecord[] = []
  const quiet: Quiet[] = []
  for (const cell of trial.cells) {
    if (signal.aborted) return undefined
    tell(`${cell.workload} ${atPoint(cell)}`)
    const endDatabaseWatch = await watch.cell()
    const meters = stands.map(({ server: { cpu } }) => cpu)
    const endWatch = watchQuiet(parts, meters)
    let generatorNs = 0
    const taken = await measureCell(parts, {
      block,
      cell,
      tell,
      running,
      databases,
      load,
      startedMs,
      onAnswers: (arm, { requests, generatorCpuNs }) => {
        tally.set(arm, (tally.get(arm) ?? 0) + requests)
        generatorNs += generatorCpuNs
      },
    })
    records.push(taken)
    const watched = endWatch(generatorNs)
    const checkpoints = await endDatabaseWatch()
    const { workload, connections } = cell
    if (watched !== undefined)
      quiet.push({
        block,
        workload,
        connections,
        ...watched,
        ...(checkpoints === undefined ? {} : { checkpoints }),
      })
  }
  if (signal.aborted) return undefined
  const starts = stands.map((stand) => startOf(stand, block, trial.workload))
  tell(`${trial.workload}: checking the contract again`)
  await inspect(parts, stands, { when: 'after', endpoints })
  return { ...joined(records), quiet, starts }
}

/** Compares answers with what the databases counted; their servers have been stopped. */
async function compareWithDatabases(
  { workloads }: RunParts,
  { workload }: Trial,
  stands: readonly Stand[],
  tally: Tally,
): Promise<Finding[]> {
  const owes = workloads.some(({ name, truth }) => name === workload && truth !== undefined)
  if (!owes) return []
  const findings = await Promise.all(
    stands.map(async ({ contender: { id }, place }) => {
      const counters = await place.counters()
      const answered = new Map([[workload, tally.get(id) ?? 0]])
      return counters === undefined ? [] : findingsOf(id, answered, workloads, counters)
    }),
  )
  assertTruth(findings.flat())
  return findings.flat()
}

/**
 * Runs one workload of a block.
 * @returns undefined when it was interrupted
 * @throws GapwiseError contender when one does not start, is not the one meant, breaks the contract, or answers with
 *   rows that its database was not asked for
 */
export async function runTrial(parts: RunParts, work: TrialWork): Promise<TrialRecord | undefined> {
  const { block, trial, tell } = work
  const watch = watchTrial(parts, { block, workload: trial.workload })
  const tally: Tally = new Map()
  await using places = new AsyncDisposableStack()
  let stands: readonly Stand[] = []
  let taken: Taken | undefined
  {
    await using servers = new AsyncDisposableStack()
    stands = await startAll(parts, trial.startOrder, { places, servers }, tell, (made) =>
      watch.before(made),
    )
    taken = await drive(parts, work, stands, tally, watch)
  }
  if (taken === undefined || parts.signal.aborted) return undefined
  tell(`${trial.workload}: asking the databases`)
  const findings = await compareWithDatabases(parts, trial, stands, tally)
  await watch.after(stands)
  return { ...taken, findings, databaseFaults: watch.found() ?? [] }
}
