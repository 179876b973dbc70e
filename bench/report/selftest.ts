/** Renders a selftest: what was planted, and whether the bench found it. */
import type { Outcome, PlantReport } from '../selftest/judge.ts'
import { wideColumns } from './columns.ts'
import { percent, ratio } from './units.ts'
import { wrap } from './wrap.ts'

const plantNames = {
  nothing: () => 'nothing',
  cpu: (share: number) => `${percent(share)} % more CPU time`,
  memory: (share: number) => `memory traffic, ${percent(share)} % more CPU time`,
  waiting: (share: number) => `waiting, ${percent(share)} % more time`,
} as const

const metricNames = { cost: 'CPU per request', capacity: 'requests/s' } as const

const seen = ({ ratio: value, low, high, expected }: PlantReport): string => {
  if (value === undefined) return 'no number'
  const interval =
    low === undefined || high === undefined ? '' : ` (${ratio(low, 3)} to ${ratio(high, 3)})`
  return `${ratio(value, 3)}${interval}, planted ${ratio(expected, 3)}`
}

const reach = ({ detectable }: PlantReport): string =>
  detectable === undefined ? '' : `finds ${percent(detectable)} %`

const sentence = (reports: readonly PlantReport[]): string => {
  const namesOf = (...outcomes: readonly Outcome[]): string =>
    reports
      .filter(({ outcome }) => outcomes.includes(outcome))
      .map(({ kind }) => kind)
      .join(', ')
  const wrong = namesOf('missed', 'false alarm')
  if (wrong !== '')
    return `The bench was wrong here about: ${wrong}. Its intervals are too sure of themselves on this machine, or it was chance (an interval of 95 % is wrong in one run of twenty): repeat it, and report it if it stays.`
  const noisy = namesOf('too noisy')
  if (noisy !== '')
    return `This machine is too noisy to tell about: ${noisy}. "finds" is the smallest difference that 8 of 10 such runs would see: give it more --budget, or a quieter machine (gapwise doctor).`
  return 'The bench finds what was planted, and says nothing where there is nothing.'
}

/**
 * The whole text, with a line feed at the end.
 * @param paths of the result files
 */
export const renderSelftest = (
  reports: readonly PlantReport[],
  paths: readonly string[],
): string => {
  const rows = reports.map((report) => [
    plantNames[report.kind](report.share),
    `${metricNames[report.metric]}, ${report.connections} connections`,
    seen(report),
    report.outcome,
    reach(report),
  ])
  return `${[
    wrap(sentence(reports), 0),
    ['Planted in json, ratio planted / not planted with 95 % interval:', ...wideColumns(rows)].join(
      '\n',
    ),
    paths.map((path) => `result   ${path}`).join('\n'),
  ].join('\n\n')}\n`
}
