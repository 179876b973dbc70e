/** Renders results as Markdown tables: a row for each workload and operating point, a column for each contender. */
import { isPaced, isSamePoint, type Point, pointName } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result } from '../results.ts'
import type { Verdict } from '../stats/verdict.ts'
import { costComparison, shown, valuesOf } from './layout.ts'
import { escapeMarkdown } from './markdown.ts'
import { milliseconds } from './units.ts'
import { ratioText } from './view.ts'

/** How a ratio stands in its cell, by what is known of it. */
const marks: Readonly<Record<Verdict, readonly [before: string, after: string]>> = {
  better: ['**', '**'],
  'slightly better': ['**', '**'],
  worse: ['', ''],
  'slightly worse': ['', ''],
  same: ['', ' same'],
  unresolved: ['_', '_'],
}

const cellOf = (comparison: Comparison | undefined): string => {
  if (comparison === undefined) return '-'
  const [before, after] = marks[comparison.verdict]
  return `${before}${ratioText(comparison)}${after}${comparison.fragile === true ? ' fragile' : ''}`
}

/** What one table compares. */
export interface Question {
  readonly name: string
  /** Of the comparisons of one contender in one cell. */
  readonly pick: (comparisons: readonly Comparison[]) => Comparison | undefined
}

export const costQuestion: Question = { name: 'CPU per request', pick: costComparison }

export const capacityQuestion: Question = {
  name: 'requests/s',
  pick: (comparisons) => comparisons.find(({ metric }) => metric === 'capacity'),
}

/** Not at shares of each one's own capacity: there everyone runs at a load of its own. */
export const p99Question: Question = {
  name: 'p99',
  pick: (comparisons) =>
    comparisons.find(
      ({ metric, point }) => metric === 'latencyP99' && point.shareOfCapacity === undefined,
    ),
}

/** A workload at an operating point of one of the results. */
interface Place {
  readonly result: Result
  readonly workload: string
  readonly point: Point
  readonly name: string
}

/** `json`, with its operating point where the run has several; a fixed rate is always told. */
export const placeName = (workload: string, point: Point, points: readonly Point[]): string =>
  points.length > 1 || isPaced(point) ? `${workload}, ${pointName(point)}` : workload

const placesOf = (results: readonly Result[]): Place[] =>
  results.flatMap((result) => {
    const points = pointsOf(result.design)
    return result.design.workloads.flatMap(({ name }) =>
      points.map((point) => ({
        result,
        workload: name,
        point,
        name: placeName(name, point, points),
      })),
    )
  })

const contendersOf = (results: readonly Result[]): string[] => [
  ...new Set(results.flatMap(({ contenders }) => contenders.map(({ id }) => id))),
]

/** Rows that have nothing but dashes are left out; undefined where no row is left. */
const table = (
  title: string,
  columns: readonly string[],
  rows: readonly (readonly [place: string, cells: readonly string[]])[],
): string | undefined => {
  const told = rows.filter(([, cells]) => cells.some((cell) => cell !== '-'))
  if (told.length === 0) return undefined
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line([title, ...columns].map(escapeMarkdown)),
    line(['---', ...columns.map(() => '---:')]),
    ...told.map(([place, cells]) => line([escapeMarkdown(place), ...cells])),
  ].join('\n')
}

/**
 * Ratios to the base with their intervals.
 * @param results with the same base; contenders that one of them has not got have dashes there
 * @returns undefined where nothing is known
 */
export const ratioTable = (
  results: readonly Result[],
  { name, pick }: Question,
): string | undefined => {
  const [base, ...others] = contendersOf(results)
  const rows = placesOf(results).map(({ result, workload, point, name: place }) => {
    const cells = others.map((id) =>
      cellOf(
        pick(
          result.comparisons.filter(
            (row) =>
              row.workload === workload &&
              row.contender === id &&
              row.base === base &&
              isSamePoint(row.point, point),
          ),
        ),
      ),
    )
    return [place, cells] as const
  })
  return table(`${name} / ${base ?? 'base'}`, others, rows)
}

/** p99 of every contender in milliseconds, the base among them; undefined where none is known. */
export const p99Table = (results: readonly Result[]): string | undefined => {
  const contenders = contendersOf(results)
  const rows = placesOf(results).map(({ result, workload, point, name }) => {
    const cells = contenders.map((id) => {
      const mine = result.summaries.filter(
        (row) => row.workload === workload && row.contender === id && isSamePoint(row.point, point),
      )
      return shown(valuesOf(mine)('latencyP99'), milliseconds)
    })
    return [name, cells] as const
  })
  return table('p99 ms', contenders, rows)
}
