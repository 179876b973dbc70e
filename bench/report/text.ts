/** Renders a result for a terminal: the verdict first, then tables, then what a careful reader asks. */
import { styleText } from 'node:util'
import type { Result } from '../results.ts'
import { footprintText } from './footprint-text.ts'
import { type GapTable, gapTables } from './gap-table.ts'
import { busiestLine, gateLines } from './gate-lines.ts'
import { designLine, loadLine, machineLine, readingLine, warningLines } from './notes.ts'
import { sentencesOf } from './sentence.ts'
import type { Prices } from './sizing.ts'
import { studyTables } from './study.ts'
import { tablesOf, type Table, type Tone } from './view.ts'
import { databaseLine, upstreamLine } from './whose-cpu.ts'
import { reportWidth, wrap } from './wrap.ts'

export interface TextOptions extends Prices {
  /** The result file, named at the end; left out when the result was not written. */
  readonly path?: string
  /** Only where a person's terminal shows it. */
  readonly colour: boolean
}

const colours = { good: 'green', bad: 'red', open: 'yellow', plain: 'reset' } as const

const paint = (text: string, tone: Tone, colour: boolean): string =>
  colour && tone !== 'plain' ? styleText(colours[tone], text, { validateStream: false }) : text

const labelled = (label: string, text: string): string => wrap(`${label.padEnd(8)} ${text}`, 9)

/** Contender and verdict stand left, numbers right. */
const renderTable = (table: Table, nameOf: (id: string) => string, colour: boolean): string => {
  const head = [table.head ?? '', ...table.columns, table.last ?? 'verdict']
  const body = table.rows.map((row) => [nameOf(row.contender), ...row.numbers, row.verdict])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((cells) => cells[column]?.length ?? 0)),
  )
  const isLeft = (column: number): boolean => column === 0 || column === head.length - 1
  const renderLine = (cells: readonly string[], tone: Tone): string => {
    const padded = cells.map((cell, column) =>
      isLeft(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    const verdict = cells.at(-1) ?? ''
    return `  ${padded.slice(0, -1).join('  ')}  ${paint(verdict, tone, colour)}`.trimEnd()
  }
  return [
    `${table.workload}, ${table.place}`,
    renderLine(head, 'plain'),
    ...body.map((cells, index) => renderLine(cells, table.rows[index]?.tone ?? 'plain')),
  ].join('\n')
}

const isTooWide = (text: string): boolean =>
  text.split('\n').some((line) => line.length > reportWidth)

/** Tables with the contenders' names, or with letters and a key where the names do not fit. */
const renderTables = (result: Result, colour: boolean): string[] => {
  const tables = [...tablesOf(result), ...studyTables(result)]
  const plain = tables.map((table) => renderTable(table, (id) => id, false))
  if (!plain.some(isTooWide)) return tables.map((table) => renderTable(table, (id) => id, colour))
  const letters = new Map(
    result.contenders.map(({ id }, index) => [id, String.fromCodePoint(65 + index)]),
  )
  const key = [...letters].map(([id, letter]) => `  ${letter} = ${id}`).join('\n')
  return [key, ...tables.map((table) => renderTable(table, (id) => letters.get(id) ?? id, colour))]
}

/** Each gap on a line, and what is closed of it below: that fits however many contenders there are. */
const renderGapTable = ({ title, contenders, rows }: GapTable): string => {
  const width = Math.max(...contenders.map((id) => id.length))
  return [
    `${title}: peer / base, and what is closed of it`,
    ...rows.flatMap(({ place, metric, gap, state, closed }) => [
      wrap(`  ${place}, ${metric}: ${gap}${state === undefined ? '' : `, ${state}`}`, 4),
      ...(state === undefined
        ? contenders.map((id, index) => `    ${id.padEnd(width)}  ${closed[index] ?? '-'}`)
        : []),
    ]),
  ].join('\n')
}

const renderGates = (result: Result, colour: boolean): string =>
  gateLines(result.gates)
    .map(({ ok, text }) =>
      ok ? `${text} ${paint('ok', 'good', colour)}` : `${text} ${paint('FAILED', 'bad', colour)}`,
    )
    .join(', ')

/**
 * The whole report, at most 100 columns wide, with a line feed at the end.
 * @param result as `readResult` or `recorder.finish` gives it
 */
export const renderText = (result: Result, options: TextOptions): string => {
  const { path, colour } = options
  const warnings = warningLines(result.warnings)
  const busiest = busiestLine(result.gates)
  const [database, upstream] = [databaseLine(result), upstreamLine(result)]
  const load = loadLine(result)
  const notes = [
    ...warnings.map((message) => labelled('note', message)),
    ...(result.gates.length === 0 ? [] : [labelled('gates', renderGates(result, colour))]),
    ...(busiest === undefined ? [] : [labelled('busiest', busiest)]),
    ...(database === undefined ? [] : [labelled('database', database)]),
    ...(upstream === undefined ? [] : [labelled('upstream', upstream)]),
    ...(load === undefined ? [] : [labelled('load', load)]),
    labelled('reading', readingLine(result)),
    labelled('design', designLine(result)),
    labelled('machine', machineLine(result)),
    ...(path === undefined ? [] : [`result   ${path}`]),
  ]
  const verdict = sentencesOf(result, options)
    .map((sentence) => wrap(sentence, 0))
    .join('\n')
  const parts = [
    verdict,
    ...renderTables(result, colour),
    ...gapTables(result).map(renderGapTable),
    ...footprintText(result),
    notes.join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}
