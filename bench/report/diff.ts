/** Renders the difference between two profiles: the verdict, then what differs toggle by toggle. */
import type { ActiveToggle, ResolvedProfile } from '../../src/profile.ts'
import type { ToggleDifference } from '../../src/profile/diff.ts'
import type { Effect } from '../effect.ts'
import type { Comparison } from '../results.ts'
import { ratio, ratioDecimals } from './units.ts'
import { wrap } from './wrap.ts'

const setting = (side: ActiveToggle | undefined): string => {
  if (side === undefined) return 'off'
  const options = Object.entries(side.options).map(([name, value]) => `${name} ${String(value)}`)
  const state = options.length === 0 ? 'on' : options.join(', ')
  return side.subsumedBy === undefined ? state : `${state} (no effect beside ${side.subsumedBy})`
}

function renderDifference(
  a: ResolvedProfile,
  b: ResolvedProfile,
  { toggle, a: inA, b: inB }: ToggleDifference,
): string {
  const line = (label: string, text: string): string => wrap(`  ${label.padEnd(9)} ${text}`, 12)
  return [
    wrap(
      `${toggle.name}${toggle.anti === true ? ' (a bad habit, kept to be measured)' : ''}: ${setting(inA)} in ${a.name}, ${setting(inB)} in ${b.name}`,
      2,
    ),
    line('does', toggle.summary),
    line('gives up', toggle.tradeoff),
    line('FastAPI', toggle.counterpart ?? 'no counterpart'),
  ].join('\n')
}

const bounds = { 'at-least': 'at least ', 'at-most': 'at most ', unknown: 'about ' } as const

/** A ratio; where the generator was the limit, with a word on where the true one lies. */
const bounded = ({ ratio: value, bound }: Comparison, decimals?: number): string =>
  `${bound === undefined ? '' : bounds[bound]}${ratio(value, decimals)}`

const interval = (comparison: Comparison): string => {
  const { low, high } = comparison
  const decimals = ratioDecimals(low, high)
  const text = bounded(comparison, decimals)
  return low === undefined || high === undefined
    ? text
    : `${text} (${ratio(low, decimals)} to ${ratio(high, decimals)})`
}

const metricNames = {
  cost: 'CPU per request, own',
  stackCost: 'CPU per request, own + database',
  capacity: 'requests/s',
} as const

type ShownMetric = keyof typeof metricNames
const isShown = (metric: string): metric is ShownMetric => metric in metricNames

function renderEffect(a: ResolvedProfile, b: ResolvedProfile, effect: Effect): string {
  const rows = effect.comparisons.flatMap((comparison) =>
    isShown(comparison.metric)
      ? [
          [
            `${comparison.workload}, ${comparison.point.connections} connections`,
            metricNames[comparison.metric],
            interval(comparison),
            comparison.verdict,
          ],
        ]
      : [],
  )
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const table = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
  const strength = effect.indicative ? 'indicative, ' : ''
  return [
    wrap(
      `Measured effect, ${b.name} / ${a.name} with 95 % interval (${strength}${effect.blocks} blocks, ${effect.startedAt.slice(0, 16)} UTC, ${effect.path}):`,
      0,
    ),
    ...table,
  ].join('\n')
}

/** The operating points of the workload where the word is another one. */
function otherPoints(told: Comparison | undefined, { comparisons }: Effect): string {
  if (told === undefined) return ''
  const others = comparisons.filter(
    ({ metric, workload, verdict: word }) =>
      metric === told.metric && workload === told.workload && word !== told.verdict,
  )
  if (others.length === 0) return ''
  const words = others.map(({ point, verdict: word }) => `${word} with ${point.connections}`)
  return ` with ${told.point.connections} connections (${words.join(', ')})`
}

/** One sentence that answers the question before any detail. */
function verdict(
  a: ResolvedProfile,
  b: ResolvedProfile,
  differences: readonly ToggleDifference[],
  effect: Effect | undefined,
): string {
  const count = differences.length
  if (count === 0) return `${a.name} and ${b.name} switch the same toggles: they are one server.`
  const differ = `${b.name} differs from ${a.name} in ${count} ${count === 1 ? 'toggle' : 'toggles'}`
  if (effect === undefined) return `${differ}; what that is worth here has not been measured yet.`
  const shown = effect.comparisons.filter(({ metric }) => isShown(metric))
  const clauses = [...Map.groupBy(shown, ({ workload }) => workload)].map(([workload, all]) => {
    const of = (wanted: ShownMetric): Comparison | undefined =>
      all.find(({ metric }) => metric === wanted)
    const capacity = of('capacity')
    const cost = of('stackCost') ?? of('cost')
    const told = cost ?? capacity
    const costs = cost === undefined ? '' : `${bounded(cost)} times the CPU per request, `
    const serves = capacity === undefined ? '' : `${bounded(capacity)} times the requests/s, `
    return `on ${workload} ${costs}${serves}${told?.verdict ?? 'unresolved'}${otherPoints(told, effect)}`
  })
  return `${differ}; ${effect.indicative ? 'indicative: ' : ''}${clauses.join('; ')}.`
}

/**
 * The whole text, with a line feed at the end.
 * @param effect what the difference is worth; a hint on how to measure it when undefined
 */
export function renderDiff(
  a: ResolvedProfile,
  b: ResolvedProfile,
  differences: readonly ToggleDifference[],
  effect: Effect | undefined,
): string {
  const parts = [wrap(verdict(a, b, differences, effect), 0)]
  if (effect !== undefined) parts.push(renderEffect(a, b, effect))
  parts.push(...differences.map((difference) => renderDifference(a, b, difference)))
  if (effect === undefined && differences.length > 0) {
    parts.push(`Measure it: npm run diff -- ${a.name} ${b.name} --measure (about two minutes)`)
  }
  return `${parts.join('\n\n')}\n`
}
