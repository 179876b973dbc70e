/** The footprint stands of a block, one contender after the other, when all its trials are over. */
import type { FootprintStand } from '../results.ts'
import type { RunParts } from './parts.ts'

/** @returns none where they were not asked for, and those that were taken when it was interrupted */
export async function takeFootprints(
  parts: RunParts,
  block: number,
  tell: (doing: string) => void,
): Promise<FootprintStand[]> {
  const { footprint, contenders, plan, signal } = parts
  if (footprint === undefined) return []
  const stands: FootprintStand[] = []
  for (const contender of contenders) {
    if (signal.aborted) return stands
    // The first of its cells: the same in every block, and for all that offer it.
    const { trials = [] } = plan.blocks[0] ?? {}
    const offered = new Set(
      trials.flatMap(({ workload, startOrder }) =>
        startOrder.includes(contender.id) ? [workload] : [],
      ),
    )
    const workload = plan.cells.find((cell) => offered.has(cell.workload))?.workload
    if (workload === undefined) continue
    tell(`footprint of ${contender.id}`)
    stands.push(await footprint({ block, contender, workload }))
  }
  return stands
}
