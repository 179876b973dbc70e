/** Renders a result as Markdown for readers who want all of it at once: ratios to the base, gaps, and what they rest on. */
import type { Result } from '../results.ts'
import { bulleted } from './listed.ts'
import { designLine, machineLine, warningLines } from './notes.ts'
import { escapeMarkdown, gapMarkdown, gateMarks } from './markdown.ts'
import { blocksDone, isIndicative } from '../result/firmness.ts'
import { capacityQuestion, costQuestion, p99Question, ratioTable } from './ratio-table.ts'
import { stateNotes } from './sentence.ts'
import { standingLines } from './standing.ts'

/** An overview has room for the beginning of a message; the result file has it whole. */
const longestMessage = 420
const inShort = (message: string): string =>
  message.length <= longestMessage
    ? message
    : `${message.slice(0, message.lastIndexOf(' ', longestMessage))} … (the result file has it whole)`

/** What an overview is made of; Markdown without a line feed at the end of each. */
export interface OverviewParts {
  /** Where the base's variants stand against the peers that were named, if any were. */
  readonly standing: readonly string[]
  /** Ratios to the base, cost first, then requests/s and p99 where they are known, and the gaps. */
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
  const standing = standingLines(result, seenFromPeers)
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
  const tables = [costQuestion, capacityQuestion, p99Question].flatMap(
    (question) => ratioTable([result], question) ?? [],
  )
  return {
    standing:
      standing.length === 0
        ? []
        : [
            `Against the peers that were named, as a ratio of CPU per request (of requests/s where a workload is about those):\n\n${bulleted(standing)}`,
          ],
    tables: [...tables, ...gapMarkdown(result, 'deciding')],
    reading: bulleted(reading),
    origin: bulleted(origin),
  }
}

/** An overview whole, with a line feed at the end. */
export const renderOverview = (result: Result, seenFromPeers: readonly Result[] = []): string => {
  const { standing, tables, reading, origin } = overviewParts(result, seenFromPeers)
  return `${[...standing, ...tables, `${reading}\n${origin}`].join('\n\n')}\n`
}
