/** Measures one cell of a block: every arm warmed up, then windows in mirrored rounds. */
import { pointOf } from '../point.ts'
import type { PlateauWindow, Window } from '../results.ts'
import { measureCapacities, paceOf } from './capacity.ts'
import { driveOf, type Pace, type PacedWindow, type Reading } from './drive.ts'
import { meterWindows, openReading } from './metered.ts'
import { overwhelmedArms } from './overwhelmed.ts'
import type { CellRecord, CellWork, RunParts } from './parts.ts'
import { isRough } from './rough.ts'
import { studyCell } from './study.ts'
import { warmUp } from './warm-up.ts'

const nothing: CellRecord = { windows: [], plateau: [], warmups: [], capacities: [], probes: [] }

/** Where rates differ by arm and block, each window tells its own. */
const ownRate = (
  { shareOfCapacity }: CellWork['cell'],
  { ratePerSecond }: Pace,
  window: PacedWindow,
): PacedWindow =>
  shareOfCapacity === undefined ? window : { ...window, paced: { ...window.paced, ratePerSecond } }

/** @returns nothing when it was interrupted */
export async function measureCell(parts: RunParts, work: CellWork): Promise<CellRecord> {
  const { plan, now, signal } = parts
  const { block, cell, running, load } = work
  const { workload } = cell
  const drive = driveOf(load, cell, plan.windowMs, work.onAnswers)
  const warmups = await warmUp({
    block,
    cell,
    signal,
    drive: async (arm, durationMs) => {
      const own = openReading(running.get(arm)?.cpu)
      const reading = await drive.warmUp(arm, durationMs)
      return { reading, cpuNs: own() }
    },
  })
  if (signal.aborted) return nothing
  if (cell.study !== undefined) {
    const studied = await studyCell(parts, work, { drive, study: cell.study })
    return studied === undefined ? nothing : { ...nothing, warmups, ...studied }
  }

  const capacities =
    cell.shareOfCapacity === undefined ? [] : await measureCapacities(parts, work, drive)
  if (capacities === undefined) return nothing
  const windows: Window[] = []
  const plateau: PlateauWindow[] = []
  const firstWindowMs = now()
  const metered = meterWindows(parts, work)
  const take = async (
    arm: string,
    { round, position }: Pick<Window, 'round' | 'position'>,
    read: () => Promise<Reading>,
  ): Promise<Window> => ({
    block,
    workload,
    ...pointOf(cell),
    contender: arm,
    round,
    position,
    ...(await metered(arm, read)),
  })
  const { plateau: twice } = cell
  const doubled =
    twice && driveOf(load, { ...cell, ...twice, rounds: [] }, plan.windowMs, work.onAnswers)
  const further = cell.further?.rounds ?? []
  for (const [round, arms] of [...cell.rounds, ...further].entries()) {
    const isFurther = round >= cell.rounds.length
    const limitMs = isFurther ? cell.further?.limitMs : cell.limitMs
    // Windows at a rate wait for nobody, save for those that it overwhelms.
    if (cell.pace === undefined && round >= 2 && now() - firstWindowMs > (limitMs ?? 0)) break
    if (isFurther && !isRough(windows, cell.contenders[0] ?? '')) break
    const overwhelmed = overwhelmedArms(windows)
    for (const [position, arm] of arms.entries()) {
      if (signal.aborted) return nothing
      if (overwhelmed.has(arm)) continue
      const pace = paceOf(cell, capacities, arm)
      if (cell.pace !== undefined && pace === undefined) continue
      if (pace !== undefined) await drive.settle(arm, pace)
      const read = async (): Promise<Reading> =>
        pace === undefined ? drive.window(arm) : ownRate(cell, pace, await drive.probe(arm, pace))
      windows.push(await take(arm, { round, position }, read))
    }
    if (twice === undefined || doubled === undefined) continue
    const { connections } = twice
    const order = twice.rounds.find(({ after }) => after === round)?.arms ?? []
    for (const [position, arm] of order.entries()) {
      if (signal.aborted) return nothing
      const window = await take(arm, { round, position }, () => doubled.window(arm))
      plateau.push({ ...window, connections, stated: cell.connections })
    }
  }
  return { ...nothing, windows, plateau, warmups, capacities }
}
