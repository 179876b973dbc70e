/** Sorts raw windows into arms of cells: one contender on one workload at one operating point. */
import { isPaced, type Point, pointKey, pointOf } from '../point.ts'
import type { Raw, Window } from '../results.ts'
import { pacedArm, type PacedArm } from './paced-arm.ts'
import { pointsOf } from './points.ts'
import { usableCores } from './usable-cores.ts'

type WorkloadDesign = Raw['design']['workloads'][number]

/** One contender in one cell. */
export interface ArmCell {
  readonly workload: WorkloadDesign
  readonly point: Point
  readonly contender: string
  readonly windows: readonly Window[]
  /** Failed answers in all windows, by kind. */
  readonly errors: Window['errors']
  readonly errorCount: number
  /** Share of the windows' time that the generator was on a core. */
  readonly generatorShare: number
  /** Cores that the contender can keep busy; undefined where that cannot be said. */
  readonly cores: number | undefined
  /** At a fixed rate only. */
  readonly paced: PacedArm | undefined
}

/** Sum over windows. */
export const total = (windows: readonly Window[], of: (window: Window) => number): number =>
  windows.reduce((sum, window) => sum + of(window), 0)

/** That of the point, or the mean of an arm's own, which differ by block. */
const rateOf = ({ ratePerSecond }: Point, windows: readonly Window[]): number =>
  ratePerSecond ?? total(windows, ({ paced }) => paced?.ratePerSecond ?? 0) / windows.length

const armCell = (
  workload: WorkloadDesign,
  point: Point,
  contender: string,
  windows: readonly Window[],
  cores: number | undefined,
): ArmCell => {
  const errors = {
    status: total(windows, (window) => window.errors.status),
    body: total(windows, (window) => window.errors.body),
    socket: total(windows, (window) => window.errors.socket),
    timeout: total(windows, (window) => window.errors.timeout),
  }
  const elapsedNs = total(windows, (window) => window.elapsedNs)
  return {
    workload,
    point,
    contender,
    windows,
    errors,
    errorCount: errors.status + errors.body + errors.socket + errors.timeout,
    generatorShare:
      elapsedNs > 0 ? total(windows, (window) => window.generatorCpuNs) / elapsedNs : 0,
    cores,
    paced: isPaced(point) ? pacedArm(rateOf(point, windows), windows) : undefined,
  }
}

/** All arms that have windows, cell by cell, in the order of the design and of the contenders. */
export const armCells = ({ design, contenders, windows }: Raw): ArmCell[][] => {
  const keyOf = (workload: string, point: Point, contender: string): string =>
    JSON.stringify([workload, pointKey(point), contender])
  const groups = Map.groupBy(windows, (window) =>
    keyOf(window.workload, pointOf(window), window.contender),
  )
  return design.workloads.flatMap((workload) =>
    pointsOf(design).map((point) =>
      contenders.flatMap((each) => {
        const group = groups.get(keyOf(workload.name, point, each.id))
        const cores = usableCores(design, each)
        return group === undefined ? [] : [armCell(workload, point, each.id, group, cores)]
      }),
    ),
  )
}
