/** Renders a result as Markdown, for a README, a pull request or a job's summary. */
import type { Result } from '../results.ts'
import { footprintMarkdown } from './footprint-markdown.ts'
import { gapTables } from './gap-table.ts'
import { busiestLine, gateLines } from './gate-lines.ts'
import { designLine, loadLine, machineLine, readingLine, warningLines } from './notes.ts'
import { sentencesOf } from './sentence.ts'
import type { Prices } from './sizing.ts'
import { studyTables } from './study.ts'
import { tablesOf, type Table } from './view.ts'
import { databaseLine, upstreamLine } from './whose-cpu.ts'

/** Keeps names and messages from being read as markup. */
export const escapeMarkdown = (text: string): string =>
  text.replaceAll(/[\\`*_[\]<>|]/g, String.raw`\$&`)

const renderTable = ({ workload, place, columns, rows, head, last }: Table): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    `**${escapeMarkdown(workload)}**, ${place}`,
    '',
    line([head ?? 'contender', ...columns, last ?? 'verdict']),
    line(['---', ...columns.map(() => '---:'), '---']),
    ...rows.map(({ contender, numbers, verdict }) =>
      line([escapeMarkdown(contender), ...numbers.map(escapeMarkdown), verdict]),
    ),
  ].join('\n')
}

/** One table for each workload and operating point. */
const tablesMarkdown = (result: Result): string[] =>
  [...tablesOf(result), ...studyTables(result)].map(renderTable)

/** Gaps to the peers that were named with `--against`, one table for each; none without. */
export const gapMarkdown = (result: Result, metrics?: 'all' | 'deciding'): string[] =>
  gapTables(result, metrics).map(({ title, contenders, rows }) => {
    const line = (cells: readonly string[]): string =>
      `| ${cells.map(escapeMarkdown).join(' | ')} |`
    const head = [
      'workload',
      'metric',
      'gap (peer / base)',
      ...contenders.map((id) => `${id} closes`),
    ]
    return [
      `**${escapeMarkdown(title)}**`,
      '',
      line(head),
      line(head.map(() => '---')),
      ...rows.map(({ place, metric, gap, closed }) =>
        line([place, metric, gap, ...closed.map((share) => share ?? '-')]),
      ),
    ].join('\n')
  })

/** Every gate with whether it passed. */
export const gateMarks = ({ gates }: Result): string[] =>
  gateLines(gates).map(({ ok, text }) => `${escapeMarkdown(text)} ${ok ? 'ok' : '**FAILED**'}`)

/** The whole report with a line feed at the end; details stand below the tables as a list. */
export const renderMarkdown = (result: Result, prices: Prices = {}): string => {
  const gates = gateMarks(result)
  const busiest = busiestLine(result.gates)
  const [database, upstream] = [databaseLine(result), upstreamLine(result)]
  const load = loadLine(result)
  const notes = [
    ...warningLines(result.warnings).map((message) => `- Note: ${escapeMarkdown(message)}`),
    ...(gates.length === 0 ? [] : [`- Gates: ${gates.join(', ')}`]),
    ...(busiest === undefined ? [] : [`- Busiest: ${escapeMarkdown(busiest)}`]),
    ...(database === undefined ? [] : [`- Database: ${escapeMarkdown(database)}`]),
    ...(upstream === undefined ? [] : [`- Upstream: ${escapeMarkdown(upstream)}`]),
    ...(load === undefined ? [] : [`- Load: ${escapeMarkdown(load)}`]),
    `- Reading: ${escapeMarkdown(readingLine(result))}`,
    `- Design: ${escapeMarkdown(designLine(result))}`,
    `- Machine: ${escapeMarkdown(machineLine(result))}`,
  ]
  const sentences = sentencesOf(result, prices).map(escapeMarkdown)
  const footprint = footprintMarkdown(result, escapeMarkdown)
  const parts = [
    ...sentences,
    ...tablesMarkdown(result),
    ...gapMarkdown(result),
    ...footprint,
    notes.join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}
