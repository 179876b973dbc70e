/** The values of an arm in each metric: the windows of a round pooled, quantiles over the windows of a block. */
import type { Window } from '../results.ts'
import type { RoundLogs } from '../stats/paired.ts'
import { total, type ArmCell } from './cells.ts'
import {
  isQuantile,
  metrics,
  quantileFacts,
  type Metric,
  type PooledMetric,
  type QuantileMetric,
} from './metrics.ts'
import { hasLatencyAt, type PacedArm } from './paced-arm.ts'

/** A round has a permutation and its mirror image: half of it would not cancel drift. */
const windowsPerRound = 2

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
  readonly generatorCpuNs: number
  readonly ratePerSecond: number | undefined
  /** Of the planned requests, those sent in time; 0 in a closed loop. */
  readonly sentShare: number
}

/** Each metric of pooled windows, in the unit of `metricFacts`. */
const measures: Readonly<Record<PooledMetric, (pooled: Pooled) => number | undefined>> = {
  capacity: ({ requests, elapsedNs }) => (requests / elapsedNs) * 1e9,
  cost: ({ requests, cpuNs }) => divide(cpuNs, requests),
  databaseCost: ({ requests, databaseCpuNs }) => divide(databaseCpuNs, requests),
  stackCost: ({ requests, cpuNs, databaseCpuNs }) =>
    cpuNs === undefined || databaseCpuNs === undefined
      ? undefined
      : (cpuNs + databaseCpuNs) / requests,
  vcpu: ({ elapsedNs, cpuNs }) => divide(cpuNs, elapsedNs),
  databaseVcpu: ({ elapsedNs, databaseCpuNs }) => divide(databaseCpuNs, elapsedNs),
  achievedRate: ({ sentShare, ratePerSecond }) =>
    ratePerSecond === undefined ? undefined : ratePerSecond * sentShare,
  generatorCost: ({ requests, generatorCpuNs }) => generatorCpuNs / requests,
}

const pool = (windows: readonly Window[]): Pooled => ({
  requests: total(windows, (window) => window.requests),
  elapsedNs: total(windows, (window) => window.elapsedNs),
  cpuNs: knownTotal(windows, (window) => window.cpuNs),
  databaseCpuNs: knownTotal(windows, (window) => window.databaseCpuNs),
  generatorCpuNs: total(windows, (window) => window.generatorCpuNs),
  ratePerSecond: windows[0]?.ratePerSecond ?? windows[0]?.paced?.ratePerSecond,
  sentShare:
    total(windows, (window) => window.paced?.sentInTime ?? 0) /
    Math.max(
      1,
      total(windows, (window) => window.paced?.planned ?? 0),
    ),
})

const logOf = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 && Number.isFinite(value) ? Math.log(value) : undefined

const ofDatabase = new Set<Metric>(['databaseCost', 'stackCost', 'databaseVcpu'])

/**
 * The metrics that make sense for an arm: the database's only where the workload reaches it, capacity and
 * the generator's cost in a closed loop,
 * latencies at a fixed rate that it held, each percentile under a generator that kept the time there.
 */
export const metricsOf = ({ workload, paced }: ArmCell): Metric[] =>
  metrics.filter((metric) => {
    if (ofDatabase.has(metric)) return workload.database
    if (metric === 'capacity' || metric === 'generatorCost') return paced === undefined
    if (metric === 'achievedRate') return paced !== undefined
    return (
      !isQuantile(metric) ||
      (paced !== undefined && hasLatencyAt(paced, quantileFacts[metric].share))
    )
  })

/** A block's quantile is one value over all its windows: a single round has too few answers for it. */
const quantileLogs = (paced: PacedArm, blocks: number, metric: QuantileMetric): RoundLogs =>
  Array.from({ length: blocks }, (_, block) => [
    logOf(paced.blocks.get(block)?.quantilesUs.get(metric)),
  ])

/**
 * Logarithms of one metric by block and round, the two windows of a round pooled.
 * Rounds cut short, or without a positive value, are undefined: they have no logarithm.
 */
export const roundLogs = ({ windows, paced }: ArmCell, metric: Metric): RoundLogs => {
  const blocks = 1 + Math.max(...windows.map(({ block }) => block))
  if (isQuantile(metric)) return paced === undefined ? [] : quantileLogs(paced, blocks, metric)
  const logs: (number | undefined)[][] = Array.from({ length: blocks }, () => [])
  for (const inBlock of Map.groupBy(windows, ({ block }) => block).values())
    for (const inRound of Map.groupBy(inBlock, ({ round }) => round).values()) {
      const [{ block, round }] = inRound as [Window]
      const isWhole = inRound.length >= windowsPerRound
      logs[block]![round] = isWhole ? logOf(measures[metric](pool(inRound))) : undefined
    }
  return logs
}
