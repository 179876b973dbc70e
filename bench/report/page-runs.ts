/** The runs that a page was read from, as its last section. */
import type { RunFacts } from '../page-runs/facts.ts'
import { atPoint } from '../point.ts'
import { blocksDone, isIndicative } from '../result/firmness.ts'
import { pointsOf } from '../result/points.ts'
import { escapeMarkdown, gateMarks } from './markdown.ts'
import { designLine, machineLine } from './notes.ts'

const link = (path: string): string => `[${path}](../${path})`

const fence = (command: string): string => `\`\`\`sh\n${command}\n\`\`\``

const asTyped = (command: string): string => command.replace(/^(\w+) (-- )?/, 'npm run $1 -- ')

const renderRun = ({ name, about, command, published }: RunFacts): string => {
  const title = `### ${name}\n\nIt measures ${about}.`
  if (published === undefined)
    return [`${title} Not measured yet; this command does it:`, fence(command)].join('\n\n')
  const { path, result } = published
  const gates = gateMarks(result)
  const strength = isIndicative(result) ? 'indicative, ' : ''
  return [
    `${title} Measured on ${result.startedAt.slice(0, 10)} (${strength}${blocksDone(result)} blocks, ${link(path)}) by:`,
    fence(asTyped(result.command)),
    [
      // Older files have a command without its options.
      `- Workloads: ${result.design.workloads.map((each) => each.name).join(', ')}, ${pointsOf(result.design).map(atPoint).join(' and ')}`,
      ...(gates.length === 0 ? [] : [`- Gates: ${gates.join(', ')}`]),
      `- Design: ${escapeMarkdown(designLine(result))}`,
      `- Machine: ${escapeMarkdown(machineLine(result))}`,
    ].join('\n'),
  ].join('\n\n')
}

/** The section, without a line feed at its end. */
export const renderPageRuns = (runs: readonly RunFacts[]): string =>
  [
    '## How this was measured',
    'The numbers of one row come from one run (from two only where the row names both), in which all contenders are driven in turn, window by window, ' +
      'and every answer is checked ([measuring.md](measuring.md)). A ratio of two contenders pairs their ' +
      'windows of the same round, and its 95 % interval is over blocks of fresh processes.',
    ...runs.map(renderRun),
  ].join('\n\n')
