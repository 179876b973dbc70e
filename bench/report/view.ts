/** A result as tables of text: one per workload and operating point, shared by terminal and Markdown. */
import { decidingOf } from '../result/deciding.ts'
import type { Metric } from '../result/metrics.ts'
import type { Comparison, Result, Summary, Warning } from '../results.ts'
import type { Verdict } from '../stats/verdict.ts'
import { wordOf } from './effect.ts'
import { figure, microseconds, ratio, ratioDecimals } from './units.ts'

/** What a verdict means to a reader's eye. */
export type Tone = 'good' | 'bad' | 'open' | 'plain'

export interface Row {
  readonly contender: string
  /** In the order of `columns`, without the contender and the verdict. */
  readonly numbers: readonly string[]
  readonly verdict: string
  readonly tone: Tone
}

export interface Table {
  readonly workload: string
  readonly connections: number
  /** Headings of `numbers`. */
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

const tones: Readonly<Record<Verdict, Tone>> = {
  better: 'good',
  'slightly better': 'good',
  worse: 'bad',
  'slightly worse': 'bad',
  unresolved: 'open',
  same: 'plain',
}

/** The comparison that the verdict on an arm is read from. */
export const verdictOf = (
  { design }: Result,
  comparisons: readonly Comparison[],
): Comparison | undefined => decidingOf(design, comparisons[0]?.workload ?? '', comparisons)

/** Cost of an arm against the base: of the whole stack where that is known. */
export const costComparison = (comparisons: readonly Comparison[]): Comparison | undefined =>
  comparisons.find(({ metric }) => metric === 'stackCost') ??
  comparisons.find(({ metric }) => metric === 'cost')

const boundSigns = { 'at-least': '>=', 'at-most': '<=', unknown: '~' } as const

/** `0.41 (0.39-0.43)`; a sign in front where the true ratio lies beyond, a star where a side was not saturated. */
export const ratioText = (comparison: Comparison | undefined): string => {
  if (comparison === undefined) return '-'
  const { low, high, bound } = comparison
  const decimals = ratioDecimals(low, high)
  const sign = bound === undefined ? '' : boundSigns[bound]
  const value = `${sign}${ratio(comparison.ratio, decimals)}`
  const mark = comparison.notSaturated === true ? '*' : ''
  return low === undefined || high === undefined
    ? `${value}${mark}`
    : `${value} (${ratio(low, decimals)}-${ratio(high, decimals)})${mark}`
}

const sumText = (
  parts: readonly (number | undefined)[],
  format: (value: number) => string,
): string => {
  const known = parts.filter((part) => part !== undefined)
  return known.length === 0 ? '-' : known.map(format).join(' + ')
}

const numbersOf = (
  summaries: readonly Summary[],
  comparisons: readonly Comparison[],
  isBase: boolean,
): string[] => {
  const value = (metric: Metric): number | undefined =>
    summaries.find((summary) => summary.metric === metric)?.value
  const capacity = value('capacity')
  const vcpu = value('vcpu')
  const ratios = [
    costComparison(comparisons),
    comparisons.find(({ metric }) => metric === 'capacity'),
  ]
  return [
    capacity === undefined ? '-' : figure(capacity),
    vcpu === undefined ? '-' : (vcpu + (value('databaseVcpu') ?? 0)).toFixed(2),
    sumText([value('cost'), value('databaseCost')], microseconds),
    ...ratios.map((comparison) => (isBase && capacity !== undefined ? '1' : ratioText(comparison))),
  ]
}

/** Whether a warning is about this arm of this cell. */
const isAbout = (warning: Warning, workload: string, connections: number, id: string): boolean =>
  warning.workload === workload && warning.connections === connections && warning.contender === id

const rowOf = (
  result: Result,
  workload: string,
  connections: number,
  id: string,
): Row | undefined => {
  const here = (row: Summary | Comparison): boolean =>
    row.workload === workload && row.point.connections === connections && row.contender === id
  const summaries = result.summaries.filter(here)
  const refused = result.warnings.some((warning) => isAbout(warning, workload, connections, id))
  if (summaries.length === 0 && !refused) return undefined
  const comparisons = result.comparisons.filter(here)
  const isBase = id === result.contenders[0]?.id
  const deciding = verdictOf(result, comparisons)
  const numbers = numbersOf(summaries, comparisons, isBase)
  if (summaries.length === 0) return { contender: id, numbers, verdict: 'see notes', tone: 'bad' }
  return {
    contender: id,
    numbers,
    verdict: isBase ? 'base' : deciding === undefined ? '-' : wordOf(deciding),
    tone: deciding === undefined ? 'plain' : tones[deciding.verdict],
  }
}

/** One table per workload and operating point that has something to show, in the order of the design. */
export const tablesOf = (result: Result): Table[] =>
  result.design.workloads.flatMap(({ name, database }) =>
    result.design.connections.flatMap((connections) => {
      const rows = result.contenders.flatMap(({ id }) => rowOf(result, name, connections, id) ?? [])
      if (rows.length === 0) return []
      const cost = database ? 'own + db µs' : 'CPU µs'
      const columns = ['requests/s', 'vCPU', cost, 'CPU ratio', 'requests/s ratio']
      return [{ workload: name, connections, columns, rows }]
    }),
  )
