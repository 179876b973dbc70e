/** One pair in one block: fresh processes and databases, verified, warmed up, one stretch of each design, verified again. */
import { windowDesigns } from '../designs.ts'
import { warmup } from '../plan/fit.ts'
import { type CellPlan, closedAnswers } from '../plan.ts'
import { driveOf } from '../runner/drive.ts'
import type { RunParts } from '../runner/parts.ts'
import { inspect, startAll } from '../runner/stands.ts'
import { warmUp } from '../runner/warm-up.ts'
import type { StretchRecord } from './document.ts'
import type { PairPlan } from './plan.ts'
import { takeStretch } from './take.ts'

/** What the work on pairs is given; tests replace it. */
export interface PairParts extends Pick<
  RunParts,
  'contenders' | 'openPlace' | 'verify' | 'engine' | 'generatorCores' | 'databaseCpu' | 'signal'
> {
  readonly seed: number
  readonly workload: { readonly name: string; readonly endpoints: readonly string[] }
  readonly connections: number
  readonly tell: (doing: string) => void
}

/** Both arms warmed up as in a run of the bench. */
const warmCell = (parts: PairParts, contenders: readonly string[]): CellPlan => ({
  workload: parts.workload.name,
  connections: parts.connections,
  contenders,
  warmup: {
    connections: parts.connections,
    leastRequests: warmup.leastRequests,
    mostMs: warmup.mostMs,
  },
  ...closedAnswers(parts.connections),
  rounds: [],
  limitMs: 0,
})

/**
 * Runs one pair of one block.
 * @returns undefined when it was interrupted
 * @throws GapwiseError `contender` as a run of the bench does, and CELL_ERRORS
 */
export async function runPair(
  parts: PairParts,
  { block, pair, stretches }: PairPlan,
): Promise<StretchRecord[] | undefined> {
  const { workload, engine, signal, generatorCores, databaseCpu, tell } = parts
  await using places = new AsyncDisposableStack()
  await using servers = new AsyncDisposableStack()
  // Whoever starts first is drawn with the order of the first round.
  const startOrder = stretches[0]?.baseFirst[0] === false ? pair.toReversed() : pair
  const stands = await startAll(parts, startOrder, { places, servers }, tell)
  if (signal.aborted) return undefined
  await inspect(parts, stands, { when: 'before', endpoints: workload.endpoints })

  const options = generatorCores === undefined ? {} : { cores: generatorCores }
  const arms = stands.map(({ contender: { id }, server: { url } }) => ({ id, url }))
  const open = (ids: readonly string[]) =>
    engine.open(
      arms.filter(({ id }) => ids.includes(id)),
      parts.seed,
      options,
    )
  await using load = await open(pair)
  const cpuNs = (arm: string): number =>
    stands.find(({ contender: { id } }) => id === arm)?.server.cpu?.readNs() ?? Number.NaN
  const cell = warmCell(parts, pair)
  const drive = driveOf(load, cell, windowDesigns[0]?.windowMs ?? 0, () => {})
  tell('warming up')
  await warmUp({
    block,
    cell,
    signal,
    drive: async (arm, durationMs) => {
      const before = cpuNs(arm)
      const reading = await drive.warmUp(arm, durationMs)
      return { reading, cpuNs: cpuNs(arm) - before }
    },
  })
  const records: StretchRecord[] = []
  for (const stretch of stretches) {
    if (signal.aborted) return undefined
    const { name } = stretch.design
    tell(`${pair.join(' and ')}, ${name}`)
    const taken = await takeStretch(
      {
        pair,
        load,
        openAlone: (arm) => open([arm]),
        order: {
          workload: workload.name,
          connections: parts.connections,
          minRequests: cell.minRequests,
          fill: cell.fill,
        },
        cpuNs,
        databaseCpuNs: databaseCpu === undefined ? undefined : () => databaseCpu.readNs(),
        signal,
      },
      stretch,
    )
    if (taken === undefined) return undefined
    records.push({
      block,
      base: pair[0],
      contender: pair[1],
      design: name,
      baseFirst: [...stretch.baseFirst],
      baseWindows: taken.base,
      contenderWindows: taken.contender,
    })
  }
  await inspect(parts, stands, { when: 'after', endpoints: workload.endpoints })
  return records
}
