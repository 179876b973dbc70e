/** Sorts raw windows into arms of cells, and pools the windows of each round into one value. */
import type { Raw, Window } from '../results.ts'
import type { RoundLogs } from '../stats/paired.ts'
import { metrics, type Metric } from './metrics.ts'
import { usableCores } from './usable-cores.ts'

type WorkloadDesign = Raw['design']['workloads'][number]

/** One contender in one cell. */
export interface ArmCell {
  readonly workload: WorkloadDesign
  readonly connections: number
  readonly contender: string
  readonly windows: readonly Window[]
  /** Failed answers in all windows, by kind. */
  readonly errors: Window['errors']
  readonly errorCount: number
  /** Share of the windows' time that the generator was on a core. */
  readonly generatorShare: number
  /** Cores that the contender can keep busy; undefined where that cannot be said. */
  readonly cores: number | undefined
}

/** A round has a permutation and its mirror image: half of it would not cancel drift. */
const windowsPerRound = 2

const total = (windows: readonly Window[], of: (window: Window) => number): number =>
  windows.reduce((sum, window) => sum + of(window), 0)

const armCell = (
  workload: WorkloadDesign,
  connections: number,
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
    connections,
    contender,
    windows,
    errors,
    errorCount: errors.status + errors.body + errors.socket + errors.timeout,
    generatorShare:
      elapsedNs > 0 ? total(windows, (window) => window.generatorCpuNs) / elapsedNs : 0,
    cores,
  }
}

/** All arms that have windows, cell by cell, in the order of the design and of the contenders. */
export const armCells = ({ design, contenders, windows }: Raw): ArmCell[][] => {
  const keyOf = (workload: string, connections: number, contender: string): string =>
    JSON.stringify([workload, connections, contender])
  const groups = Map.groupBy(windows, (window) =>
    keyOf(window.workload, window.connections, window.contender),
  )
  return design.workloads.flatMap((workload) =>
    design.connections.map((connections) =>
      contenders.flatMap((each) => {
        const group = groups.get(keyOf(workload.name, connections, each.id))
        const cores = usableCores(design, each)
        return group === undefined ? [] : [armCell(workload, connections, each.id, group, cores)]
      }),
    ),
  )
}

/** Sum over windows, or undefined when one of them does not know. */
const knownTotal = (
  windows: readonly Window[],
  of: (window: Window) => number | null,
): number | undefined => {
  let sum = 0
  for (const window of windows) {
    const value = of(window)
    if (value === null) return undefined
    sum += value
  }
  return sum
}

const divide = (dividend: number | undefined, divisor: number): number | undefined =>
  dividend === undefined ? undefined : dividend / divisor

/** The windows of one round taken together. */
interface Pooled {
  readonly requests: number
  readonly elapsedNs: number
  readonly cpuNs: number | undefined
  readonly databaseCpuNs: number | undefined
}

/** Each metric of pooled windows, in the unit of `metricFacts`. */
const measures: Readonly<Record<Metric, (pooled: Pooled) => number | undefined>> = {
  capacity: ({ requests, elapsedNs }) => (requests / elapsedNs) * 1e9,
  cost: ({ requests, cpuNs }) => divide(cpuNs, requests),
  databaseCost: ({ requests, databaseCpuNs }) => divide(databaseCpuNs, requests),
  stackCost: ({ requests, cpuNs, databaseCpuNs }) =>
    cpuNs === undefined || databaseCpuNs === undefined
      ? undefined
      : (cpuNs + databaseCpuNs) / requests,
  vcpu: ({ elapsedNs, cpuNs }) => divide(cpuNs, elapsedNs),
  databaseVcpu: ({ elapsedNs, databaseCpuNs }) => divide(databaseCpuNs, elapsedNs),
}

const pool = (windows: readonly Window[]): Pooled => ({
  requests: total(windows, (window) => window.requests),
  elapsedNs: total(windows, (window) => window.elapsedNs),
  cpuNs: knownTotal(windows, (window) => window.cpuNs),
  databaseCpuNs: knownTotal(windows, (window) => window.databaseCpuNs),
})

/** The metrics that make sense for an arm: the database's only where the workload reaches it. */
export const metricsOf = ({ workload }: ArmCell): Metric[] =>
  metrics.filter(
    (metric) =>
      workload.database ||
      !(metric === 'databaseCost' || metric === 'stackCost' || metric === 'databaseVcpu'),
  )

/**
 * Logarithms of one metric by block and round, the two windows of a round pooled.
 * Rounds cut short, or without a positive value, are undefined: they have no logarithm.
 */
export const roundLogs = ({ windows }: ArmCell, metric: Metric): RoundLogs => {
  const blocks = 1 + Math.max(...windows.map(({ block }) => block))
  const logs: (number | undefined)[][] = Array.from({ length: blocks }, () => [])
  for (const inBlock of Map.groupBy(windows, ({ block }) => block).values())
    for (const inRound of Map.groupBy(inBlock, ({ round }) => round).values()) {
      const [{ block, round }] = inRound as [Window]
      const value = inRound.length < windowsPerRound ? undefined : measures[metric](pool(inRound))
      logs[block]![round] =
        value !== undefined && value > 0 && Number.isFinite(value) ? Math.log(value) : undefined
    }
  return logs
}
