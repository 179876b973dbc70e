/** The columns of tables: one layout for closed loops, another for fixed rates. */
import { isPaced, type Point } from '../point.ts'
import type { Metric } from '../result/metrics.ts'
import type { Comparison, Summary } from '../results.ts'
import { figure, microseconds, milliseconds } from './units.ts'

/** Reads one arm's value in a metric; undefined where it has none. */
export type ValueOf = (metric: Metric) => number | undefined

/** Cost of an arm against the base: of the whole stack where that is known. */
export const costComparison = (comparisons: readonly Comparison[]): Comparison | undefined =>
  comparisons.find(({ metric }) => metric === 'stackCost') ??
  comparisons.find(({ metric }) => metric === 'cost')

const sumText = (
  parts: readonly (number | undefined)[],
  format: (value: number) => string,
): string => {
  const known = parts.filter((part) => part !== undefined)
  return known.length === 0 ? '-' : known.map(format).join(' + ')
}

/** What the rows of one kind of operating point show. */
export interface Layout {
  readonly columns: (database: boolean) => string[]
  /** Without the ratios. */
  readonly numbers: (value: ValueOf) => string[]
  /** Comparisons that stand as ratios in the last columns. */
  readonly ratios: (comparisons: readonly Comparison[]) => (Comparison | undefined)[]
  /** Of each ratio, whether the base has a number that others can be compared with. */
  readonly isBased: (value: ValueOf) => boolean[]
}

/** Cores in use by the contender and its database; undefined where its own are not known. */
export const vcpuOf = (value: ValueOf): number | undefined => {
  const own = value('vcpu')
  return own === undefined ? undefined : own + (value('databaseVcpu') ?? 0)
}

/** A value as it is written, or a dash. */
export const shown = (value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? '-' : format(value)

const twoDecimals = (value: number): string => value.toFixed(2)

const closedLoop: Layout = {
  columns: (database) => [
    'requests/s',
    'vCPU',
    database ? 'own + db µs' : 'CPU µs',
    'CPU ratio',
    'requests/s ratio',
  ],
  numbers: (value) => [
    shown(value('capacity'), figure),
    shown(vcpuOf(value), twoDecimals),
    sumText([value('cost'), value('databaseCost')], microseconds),
  ],
  ratios: (comparisons) => [
    costComparison(comparisons),
    comparisons.find(({ metric }) => metric === 'capacity'),
  ],
  isBased: (value) => [value('capacity') !== undefined, value('capacity') !== undefined],
}

const fixedRate: Layout = {
  columns: () => ['vCPU', 'p50 ms', 'p99 ms', 'CPU ratio', 'p99 ratio'],
  numbers: (value) => [
    shown(vcpuOf(value), twoDecimals),
    shown(value('latencyP50'), milliseconds),
    shown(value('latencyP99'), milliseconds),
  ],
  ratios: (comparisons) => [
    costComparison(comparisons),
    comparisons.find(({ metric }) => metric === 'latencyP99'),
  ],
  isBased: (value) => [value('cost') !== undefined, value('latencyP99') !== undefined],
}

/** Each contender at a rate of its own, which stands beside what is seen there. */
const ownRate: Layout = {
  ...fixedRate,
  columns: () => [
    'own requests/s',
    'vCPU',
    'p50 ms',
    'p99 ms',
    'CPU ratio',
    'p99 ratio at own loads',
  ],
  numbers: (value) => [shown(value('achievedRate'), figure), ...fixedRate.numbers(value)],
}

/** Of the table at a point. */
export const layoutOf = (point: Point): Layout => {
  if (point.shareOfCapacity !== undefined) return ownRate
  return isPaced(point) ? fixedRate : closedLoop
}

/** A reader of one arm's summaries by metric. */
export const valuesOf =
  (summaries: readonly Summary[]): ValueOf =>
  (metric) =>
    summaries.find((summary) => summary.metric === metric)?.value
