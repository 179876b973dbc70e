/** Renders a result as Markdown tables: a row for each workload, a column for each contender. */
import type { Comparison, Result } from '../results.ts'
import type { Verdict } from '../stats/verdict.ts'
import { isSamePoint, pointName } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import { costComparison } from './layout.ts'
import { designLine, machineLine, warningLines } from './notes.ts'
import { escapeMarkdown, gapMarkdown, gateMarks } from './markdown.ts'
import { blocksDone, isIndicative } from '../result/firmness.ts'
import { stateNotes } from './sentence.ts'
import { standingLine } from './standing.ts'
import { variantsOf } from './told-gaps.ts'
import { ratioText, verdictOf } from './view.ts'

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

/** An overview has room for the beginning of a message; the result file has it whole. */
const longestMessage = 420
const inShort = (message: string): string =>
  message.length <= longestMessage
    ? message
    : `${message.slice(0, message.lastIndexOf(' ', longestMessage))} … (the result file has it whole)`

interface Question {
  readonly title: string
  readonly pick: (comparisons: readonly Comparison[]) => Comparison | undefined
}

const questions = (base: string): Question[] => [
  { title: `CPU per request / ${base}`, pick: costComparison },
  {
    title: `requests/s / ${base}`,
    pick: (comparisons) => comparisons.find(({ metric }) => metric === 'capacity'),
  },
]

const renderQuestion = (result: Result, { title, pick }: Question): string => {
  const [base, ...others] = result.contenders
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const points = pointsOf(result.design)
  const rows = result.design.workloads.flatMap(({ name }) =>
    points.flatMap((each) => {
      const cells = others.map(({ id }) =>
        result.comparisons.filter(
          ({ workload, contender, point, base: against }) =>
            workload === name &&
            contender === id &&
            isSamePoint(point, each) &&
            against === base?.id,
        ),
      )
      if (cells.every((cell) => verdictOf(result, cell) === undefined)) return []
      const where = points.length > 1 ? `${name}, ${pointName(each)}` : name
      return [line([escapeMarkdown(where), ...cells.map((cell) => cellOf(pick(cell)))])]
    }),
  )
  return [
    line([title, ...others.map(({ id }) => id)].map(escapeMarkdown)),
    line(['---', ...others.map(() => '---:')]),
    ...rows,
  ].join('\n')
}

/** What an overview is made of; Markdown without a line feed at the end of each. */
export interface OverviewParts {
  /** Where the base's variants stand against the peers that were named, if any were. */
  readonly standing: readonly string[]
  /** Ratios to the base, cost first, and the gaps. */
  readonly tables: readonly string[]
  /** How to read them, and how far they may be trusted. */
  readonly reading: string
  /** Where and by which command the run was made. */
  readonly origin: string
}

/** @param seenFromPeers the same run with its comparisons worked out against each peer that the variants are set against */
export const overviewParts = (
  result: Result,
  seenFromPeers: readonly Result[] = [],
): OverviewParts => {
  const [base] = result.contenders
  const standing = seenFromPeers.flatMap((seen) =>
    variantsOf(result).flatMap((id) => standingLine(seen, id) ?? []),
  )
  const blocks = `${blocksDone(result)} blocks`
  const gates = gateMarks(result)
  const reading = [
    `Reading: ${stateNotes[result.state]}Ratios are contender / ${base?.id ?? 'base'} with their 95 % interval over ${blocks}` +
      `${isIndicative(result) ? ' (indicative)' : ''}. Bold is better than the base, plain is worse, ` +
      'italic could not be told apart, "same" lies within 2 %; a dash: not offered, or not known.',
    ...warningLines(result.warnings).map((message) => `Note: ${escapeMarkdown(inShort(message))}`),
    ...(gates.length === 0 ? [] : [`Gates: ${gates.join(', ')}`]),
    `Design: ${escapeMarkdown(designLine(result))}`,
  ]
  const origin = [
    `Machine: ${escapeMarkdown(machineLine(result))}`,
    `Command: \`${result.command.replace(/^(\w+) /, 'npm run $1 -- ')}\``,
  ]
  const tables = questions(base?.id ?? 'base').map((question) => renderQuestion(result, question))
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n')
  return {
    standing:
      standing.length === 0
        ? []
        : [
            `Against the peers that were named, as a ratio of CPU per request (of requests/s where a workload is about those):\n\n${list(standing)}`,
          ],
    tables: [...tables, ...gapMarkdown(result, 'deciding')],
    reading: list(reading),
    origin: list(origin),
  }
}

/** An overview whole, with a line feed at the end. */
export const renderOverview = (result: Result, seenFromPeers: readonly Result[] = []): string => {
  const { standing, tables, reading, origin } = overviewParts(result, seenFromPeers)
  return `${[...standing, ...tables, `${reading}\n${origin}`].join('\n\n')}\n`
}
