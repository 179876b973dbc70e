/** What each arm serves in a closed loop, and the rates that are shares of it. */
import { connectionsFor } from '../plan/pace.ts'
import { capacityProbe } from '../plan/study.ts'
import type { Capacity } from '../results.ts'
import type { Drive, Pace } from './drive.ts'
import type { CellWork, RunParts } from './parts.ts'

/**
 * The capacity of each arm: windows in a closed loop, in mirrored order.
 * @returns undefined when it was interrupted
 */
export async function measureCapacities(
  { signal }: Pick<RunParts, 'signal'>,
  { block, cell }: Pick<CellWork, 'block' | 'cell'>,
  drive: Pick<Drive, 'warmUp'>,
): Promise<Capacity[] | undefined> {
  const { workload, warmup, contenders, shareOfCapacity } = cell
  const sums = new Map(contenders.map((id) => [id, { requests: 0, elapsedNs: 0 }]))
  for (const arm of [...contenders, ...contenders.toReversed()]) {
    if (signal.aborted) return undefined
    const { requests, elapsedNs } = await drive.warmUp(arm, capacityProbe.windowMs)
    const sum = sums.get(arm)
    if (sum === undefined) continue
    sum.requests += requests
    sum.elapsedNs += elapsedNs
  }
  return [...sums].map(([contender, { requests, elapsedNs }]) => ({
    block,
    workload,
    contender,
    ...(shareOfCapacity === undefined ? {} : { shareOfCapacity }),
    connections: warmup.connections,
    requests,
    elapsedNs,
    perSecond: elapsedNs > 0 ? (requests / elapsedNs) * 1e9 : 0,
  }))
}

/** How an arm of a cell at a rate is driven; undefined in a closed loop, and for an arm that serves nothing at all. */
export const paceOf = (
  { pace }: Pick<CellWork['cell'], 'pace'>,
  capacities: readonly Capacity[],
  arm: string,
): Pace | undefined => {
  if (pace === undefined) return undefined
  const { connections, settleMs, windowMs, shareOfCapacity = 0 } = pace
  const capacity = capacities.find(({ contender }) => contender === arm)?.perSecond ?? 0
  const own = shareOfCapacity * capacity
  if (pace.ratePerSecond !== undefined)
    return { ratePerSecond: pace.ratePerSecond, connections, settleMs, windowMs }
  return own > 0
    ? { ratePerSecond: own, connections: connectionsFor(own), settleMs, windowMs }
    : undefined
}
