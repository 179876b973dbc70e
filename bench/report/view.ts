/** A result as tables of text: one per workload and operating point, shared by terminal and Markdown. */
import { isSamePoint, type Point, pointName } from '../point.ts'
import { decidingOf } from '../result/deciding.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result, Summary, Warning } from '../results.ts'
import type { Verdict } from '../stats/verdict.ts'
import { wordOf } from './effect.ts'
import { layoutOf, shown, valuesOf, type ValueOf } from './layout.ts'
import { figure, ratio, ratioDecimals } from './units.ts'

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
  /** Its operating point: `32 connections` or `3,000 requests/s`. */
  readonly place: string
  /** Headings of `numbers`. */
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  /** Headings of the first and the last column; `contender` and `verdict` when absent. */
  readonly head?: string
  readonly last?: string
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
): Comparison | undefined =>
  decidingOf(design, comparisons[0]?.workload ?? '', comparisons, comparisons[0]?.point)

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

/** Whether a warning is about this arm of this cell. */
const isAbout = (warning: Warning, workload: string, point: Point, id: string): boolean =>
  warning.workload === workload &&
  warning.connections === point.connections &&
  warning.ratePerSecond === point.ratePerSecond &&
  warning.shareOfCapacity === point.shareOfCapacity &&
  warning.contender === id

/** The achieved rate in place of a verdict, where an arm did not hold the one asked for. */
const shortfall = (warnings: readonly Warning[], value: ValueOf): string | undefined => {
  const hasCode = (wanted: string): boolean => warnings.some(({ code }) => code === wanted)
  if (hasCode('RATE_NOT_HELD')) return `only ${shown(value('achievedRate'), figure)}/s`
  // The generator's fault: a number here would be taken for the contender's.
  return hasCode('RATE_NOT_SENT') ? 'see notes' : undefined
}

const rowOf = (result: Result, workload: string, point: Point, id: string): Row | undefined => {
  const here = (row: Summary | Comparison): boolean =>
    row.workload === workload && isSamePoint(row.point, point) && row.contender === id
  const summaries = result.summaries.filter(here)
  const warnings = result.warnings.filter((warning) => isAbout(warning, workload, point, id))
  if (summaries.length === 0 && warnings.length === 0) return undefined
  const comparisons = result.comparisons.filter(here)
  const isBase = id === result.contenders[0]?.id
  const layout = layoutOf(point)
  const value = valuesOf(summaries)
  const short = shortfall(warnings, value)
  const based = isBase && short === undefined ? layout.isBased(value) : []
  const ratios = layout
    .ratios(comparisons)
    .map((comparison, index) => (based[index] === true ? '1' : ratioText(comparison)))
  const numbers = [...layout.numbers(value), ...ratios]
  if (summaries.length === 0) return { contender: id, numbers, verdict: 'see notes', tone: 'bad' }
  if (short !== undefined)
    return { contender: id, numbers, verdict: isBase ? `base, ${short}` : short, tone: 'bad' }
  const deciding = verdictOf(result, comparisons)
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
    pointsOf(result.design).flatMap((point) => {
      const rows = result.contenders.flatMap(({ id }) => rowOf(result, name, point, id) ?? [])
      if (rows.length === 0) return []
      const columns = layoutOf(point).columns(database)
      return [{ workload: name, place: pointName(point), columns, rows }]
    }),
  )
