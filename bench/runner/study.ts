/** Measures one cell of a study: each arm's own capacity, then rates up to and beyond it, the arms in turn. */
import { connectionsFor } from '../plan/pace.ts'
import { probeMs, type SloStudy, type Study, type SweepStudy } from '../plan/study.ts'
import { rateWords } from '../point.ts'
import { judgeProbe } from '../result/probe.ts'
import type { Probe } from '../results.ts'
import { rateSearch } from '../stats/rate-search.ts'
import { measureCapacities } from './capacity.ts'
import type { Drive, Pace } from './drive.ts'
import { meterWindows } from './metered.ts'
import type { CellRecord, CellWork, RunParts } from './parts.ts'

/** What a study works with. */
interface StudyWork {
  readonly drive: Drive
  readonly study: Study
}

/** Settles an arm at a rate and takes one window there. */
type TakeProbe = (
  arm: string,
  step: number,
  pace: Omit<Pace, 'connections'>,
  shareOfCapacity?: number,
) => Promise<Probe>

const probing = (parts: RunParts, work: CellWork, drive: Drive): TakeProbe => {
  const metered = meterWindows(parts, work)
  const { block, cell, tell } = work
  return async (arm, step, pace, shareOfCapacity) => {
    const { ratePerSecond, windowMs } = pace
    const own = { ...pace, connections: connectionsFor(ratePerSecond) }
    tell(`${cell.workload}: ${arm} at ${rateWords(ratePerSecond)}`)
    await drive.settle(arm, own)
    const taken = await metered(arm, () => drive.probe(arm, own))
    return {
      block,
      workload: cell.workload,
      contender: arm,
      step,
      ...(shareOfCapacity === undefined ? {} : { shareOfCapacity }),
      ratePerSecond,
      connections: own.connections,
      windowMs,
      ...taken,
    }
  }
}

type Taken = readonly Probe[] | undefined

/** Every arm has a search of its own; they take turns, probe by probe, so that all of them meet the same machine. */
async function searchRates(
  { signal }: RunParts,
  { cell }: CellWork,
  study: SloStudy,
  capacities: ReadonlyMap<string, number>,
  take: TakeProbe,
): Promise<Taken> {
  const probes: Probe[] = []
  const searches = (cell.rounds[0] ?? []).flatMap((arm) => {
    const capacity = capacities.get(arm) ?? 0
    if (capacity <= 0) return []
    const steps = rateSearch(capacity)
    return [{ arm, steps, next: steps.next(), step: 0 }]
  })
  while (searches.some(({ next }) => next.done !== true))
    for (const search of searches) {
      if (signal.aborted) return undefined
      const { arm, steps, next } = search
      if (next.done === true) continue
      const probe = await take(arm, search.step++, {
        ratePerSecond: next.value,
        settleMs: study.settleMs,
        windowMs: probeMs(next.value, study),
      })
      probes.push(probe)
      search.next = steps.next(judgeProbe(probe, study.limits))
    }
  return probes
}

/** Every share of the plan in its order, the arms of each in theirs. */
async function sweepRates(
  { signal }: RunParts,
  { cell }: CellWork,
  { settleMs, windowMs }: SweepStudy,
  capacities: ReadonlyMap<string, number>,
  take: TakeProbe,
): Promise<Taken> {
  const probes: Probe[] = []
  for (const [step, share] of (cell.steps ?? []).entries())
    for (const arm of cell.rounds[step] ?? []) {
      if (signal.aborted) return undefined
      const ratePerSecond = share * (capacities.get(arm) ?? 0)
      if (ratePerSecond <= 0) continue
      probes.push(await take(arm, step, { ratePerSecond, settleMs, windowMs }, share))
    }
  return probes
}

/** @returns undefined when it was interrupted */
export async function studyCell(
  parts: RunParts,
  work: CellWork,
  { drive, study }: StudyWork,
): Promise<Pick<CellRecord, 'capacities' | 'probes'> | undefined> {
  const capacities = await measureCapacities(parts, work, drive)
  if (capacities === undefined) return undefined
  const known = new Map(capacities.map(({ contender, perSecond }) => [contender, perSecond]))
  const take = probing(parts, work, drive)
  const probes =
    study.kind === 'slo'
      ? await searchRates(parts, work, study, known, take)
      : await sweepRates(parts, work, study, known, take)
  return probes === undefined ? undefined : { capacities, probes }
}
