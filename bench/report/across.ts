/** Renders the comparison of two runs: what stands against it first, then what changed, cell by cell. */
import type { Across } from '../result/across.ts'
import type { RunDifference } from '../result/obstacles.ts'
import type { Result } from '../results.ts'
import { columns } from './columns.ts'
import { isShown, metricNames } from './effect.ts'
import { blocksDone } from '../result/firmness.ts'
import { ratio, ratioDecimals } from './units.ts'
import { wrap } from './wrap.ts'

/** Two runs and what is known of them together. */
export interface AcrossReport {
  readonly old: Side
  readonly new: Side
  /** What makes them no fair comparison; shown because the user allowed it. */
  readonly obstacles: readonly RunDifference[]
  /** What of the contenders themselves is another. */
  readonly changes: readonly RunDifference[]
  readonly cells: readonly Across[]
}

/** One of the two runs. */
export interface Side {
  readonly path: string
  readonly result: Result
}

/** `kernel: 6.1.0 then, 6.2.0 now` */
export const differenceLine = ({ what, old, new: later }: RunDifference): string =>
  `${what}: ${old} then, ${later} now`

const sideLine = (label: string, { path, result }: Side): string => {
  const { git } = result.environment
  const tree =
    git === undefined
      ? ''
      : `, commit ${git.commit.slice(0, 12)}${git.dirty ? ' with changes' : ''}`
  const state = result.state === 'complete' ? '' : `, ${result.state}`
  return wrap(
    `${label.padEnd(4)} ${result.startedAt.slice(0, 16)} UTC, ${blocksDone(result)} blocks${state}${tree}, ${path}`,
    5,
  )
}

const ratioText = ({ ratio: value, low, high }: Across): string => {
  const decimals = ratioDecimals(low, high)
  return low === undefined || high === undefined
    ? ratio(value, decimals)
    : `${ratio(value, decimals)} (${ratio(low, decimals)} to ${ratio(high, decimals)})`
}

const rowsOf = (cells: readonly Across[]): string[][] =>
  cells.flatMap((cell) =>
    isShown(cell.metric)
      ? [
          [
            cell.contender,
            `${cell.workload}, ${cell.point.connections} connections`,
            metricNames[cell.metric],
            ratioText(cell),
            cell.verdict,
          ],
        ]
      : [],
  )

/** The answer before any detail. */
const sentence = ({ cells, obstacles }: AcrossReport): string => {
  const deciding = cells.filter((cell) => cell.deciding)
  const counts = [...Map.groupBy(deciding, ({ verdict }) => verdict)].map(
    ([verdict, alike]) => `${alike.length} ${verdict}`,
  )
  const lead = obstacles.length === 0 ? '' : 'The runs differ in more than the contenders: '
  return `${lead}of ${deciding.length} ${deciding.length === 1 ? 'cell' : 'cells'} that both runs measured, the later one has ${counts.join(', ')}.`
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const listOf = (title: string, differences: readonly RunDifference[]): string[] =>
  differences.length === 0
    ? []
    : [[title, ...differences.map((each) => wrap(`  ${differenceLine(each)}`, 4))].join('\n')]

/** The whole text, with a line feed at the end. */
export const renderAcross = (report: AcrossReport): string =>
  `${[
    wrap(capitalize(sentence(report)), 0),
    ...listOf('NOT ALIKE (allowed by --allow-different):', report.obstacles),
    ...listOf('Changed in the contenders:', report.changes),
    ['Ratios new / old with 95 % interval (Welch):', ...columns(rowsOf(report.cells))].join('\n'),
    [sideLine('old', report.old), sideLine('new', report.new)].join('\n'),
    wrap(
      'Two runs are not paired: what changed in the machine between them is in these ratios and not in their intervals. To be sure measure both sides in one run.',
      0,
    ),
  ].join('\n\n')}\n`
