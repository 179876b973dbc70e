/** Renders the difference between two profiles: the verdict, then what differs toggle by toggle. */
import type { ActiveToggle, ResolvedProfile } from '../../src/profile.ts'
import type { ToggleDifference } from '../../src/profile/diff.ts'
import type { Effect } from '../effect.ts'
import { atPoint, isPaced } from '../point.ts'
import type { Comparison } from '../results.ts'
import { columns } from './columns.ts'
import { bounded, effectRows, flipWords, isShown, type ShownMetric, wordOf } from './effect.ts'
import { settingBeside } from './setting.ts'
import { wrap } from './wrap.ts'

const side = (active: ActiveToggle | undefined): string =>
  active === undefined ? 'off' : settingBeside(active.options, active.subsumedBy)

function renderDifference(
  a: ResolvedProfile,
  b: ResolvedProfile,
  { toggle, a: inA, b: inB }: ToggleDifference,
): string {
  const line = (label: string, text: string): string => wrap(`  ${label.padEnd(9)} ${text}`, 12)
  return [
    wrap(
      `${toggle.name}${toggle.anti === true ? ' (a bad habit, kept to be measured)' : ''}: ${side(inA)} in ${a.name}, ${side(inB)} in ${b.name}`,
      2,
    ),
    line('does', toggle.summary),
    line('gives up', toggle.tradeoff),
    line('FastAPI', toggle.counterpart ?? 'no counterpart'),
  ].join('\n')
}

function renderEffect(a: ResolvedProfile, b: ResolvedProfile, effect: Effect): string {
  const strength = effect.indicative ? 'indicative, ' : ''
  return [
    wrap(
      `Measured effect, ${b.name} / ${a.name} with 95 % interval (${strength}${effect.blocks} blocks, ${effect.startedAt.slice(0, 16)} UTC, ${effect.path}):`,
      0,
    ),
    ...columns(effectRows(effect.comparisons)),
  ].join('\n')
}

/** The operating point, where it is a fixed rate or where the word is another one elsewhere; those then follow. */
function otherPoints(told: Comparison | undefined, { comparisons }: Effect): string {
  if (told === undefined) return ''
  const others = comparisons.filter(
    (each) =>
      each.metric === told.metric &&
      each.workload === told.workload &&
      wordOf(each) !== wordOf(told),
  )
  if (others.length === 0) return isPaced(told.point) ? ` ${atPoint(told.point)}` : ''
  const words = others.map((each) => `${wordOf(each)} ${atPoint(each.point)}`)
  return ` ${atPoint(told.point)} (${flipWords(told, others)}${words.join(', ')})`
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
    return `on ${workload} ${costs}${serves}${told === undefined ? 'unresolved' : wordOf(told)}${otherPoints(told, effect)}`
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
    parts.push(`Measure it: npm run diff -- ${a.name} ${b.name} --measure (about three minutes)`)
  }
  return `${parts.join('\n\n')}\n`
}
