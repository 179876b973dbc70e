/** Renders what a ledger adds up to, for the page on measuring. */
import type { LedgerCount } from '../ledger/count.ts'
import type { Share } from '../stats/binomial.ts'
import { percent } from './units.ts'

const what = ({ kind, workload, planted }: LedgerCount): string =>
  kind === 'same'
    ? `${workload}: a server against itself`
    : planted === 0
      ? `${workload}: nothing planted`
      : `${workload}: ${percent(planted)} % planted`

const bounds = (count: number, { low, high }: Share): string =>
  `${count} (${percent(low)} to ${percent(high)} %)`

const row = (count: LedgerCount): string[] => [
  what(count),
  String(count.runs),
  bounds(count.seen, count.seenShare),
  bounds(count.missedTruth, count.missedTruthShare),
  String(count.claimed),
  `±${percent(count.halfWidth)} %`,
  String(count.disturbed),
]

const head = [
  'truth',
  'runs',
  'difference seen',
  'truth outside the interval',
  'verdict claims a difference',
  'half-width (median)',
  'disturbed',
]

/** A Markdown table, without a line feed at the end. */
export const renderLedger = (counts: readonly LedgerCount[]): string => {
  if (counts.length === 0) return 'The ledger has no runs of the present design yet.'
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(head),
    line(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...counts.map((count) => line(row(count))),
  ].join('\n')
}
