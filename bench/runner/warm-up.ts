/** Drives every arm of a cell until it is warm: the same number of answers at least, and a cost that no longer falls. */
import type { WindowReading } from '../engine.ts'
import type { CellPlan } from '../plan.ts'
import { pointOf } from '../point.ts'
import type { Warmup } from '../results.ts'
import { isSteady } from '../stats/warm-up.ts'

/** How long an arm is driven before the next one gets its turn: long enough for a cost, short enough to alternate. */
const sliceMs = 200

/** What a slice of warm-up showed. */
export interface Slice {
  readonly reading: WindowReading
  /** Of the arm's processes; undefined where they are not on this machine. */
  readonly cpuNs: number | undefined
}

/** What warming up works with. */
export interface WarmupWork {
  readonly block: number
  readonly cell: CellPlan
  readonly drive: (arm: string, durationMs: number) => Promise<Slice>
  readonly signal: AbortSignal
}

interface Arm {
  requests: number
  durationMs: number
  readonly costs: number[]
}

/** CPU per answer; time per answer where the CPU is not known. */
const costOf = ({ reading: { requests, elapsedNs }, cpuNs }: Slice): number =>
  (cpuNs ?? elapsedNs) / Math.max(1, requests)

/**
 * Warms the arms up in turn, slice by slice, and leaves out of the turns those that are warm.
 * @returns what each arm got, in the order of the cell's contenders; fewer when it was interrupted
 */
export async function warmUp({ block, cell, drive, signal }: WarmupWork): Promise<Warmup[]> {
  const { workload, contenders, warmup } = cell
  const arms = new Map(
    contenders.map((id): [string, Arm] => [id, { requests: 0, durationMs: 0, costs: [] }]),
  )
  const isWarm = ({ requests, costs }: Arm): boolean =>
    requests >= warmup.leastRequests && isSteady(costs)
  const isDone = (arm: Arm): boolean => arm.durationMs >= warmup.mostMs || isWarm(arm)

  while ([...arms.values()].some((arm) => !isDone(arm))) {
    for (const [id, arm] of arms) {
      if (signal.aborted) return []
      if (isDone(arm)) continue
      const slice = await drive(id, Math.min(sliceMs, warmup.mostMs - arm.durationMs))
      arm.requests += slice.reading.requests
      arm.durationMs += Math.max(1, slice.reading.elapsedNs / 1e6)
      arm.costs.push(costOf(slice))
    }
  }
  return [...arms].map(([contender, { requests, durationMs, costs }]) => ({
    block,
    workload,
    ...pointOf(cell),
    contender,
    requests,
    durationMs,
    steady: isSteady(costs),
  }))
}
