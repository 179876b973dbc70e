/** What stands under the tables: warnings, gates, and how and where the run was made. Plain lines of text. */
import type { Gate, Result, Warning } from '../results.ts'
import { blocksDone } from '../result/firmness.ts'
import { figure, percent } from './units.ts'

/** Warnings of one kind that are told in full; the rest is counted, the result file has them all. */
const mostOfOneKind = 3

/** Why cells are empty is always told. */
const alwaysTold = new Set(['CELL_ERRORS', 'CELL_EMPTY', 'BASE_MISSING'])

/** Messages of the warnings, in order, with the many of one kind cut short. */
export const warningLines = (warnings: readonly Warning[]): string[] =>
  [...Map.groupBy(warnings, ({ code }) => code)].flatMap(([code, alike]) => {
    const messages = alike.map(({ message }) => message)
    if (alwaysTold.has(code) || messages.length <= mostOfOneKind) return messages
    const more = messages.length - mostOfOneKind + 1
    return [
      ...messages.slice(0, mostOfOneKind - 1),
      `${more} more notes ${code} are in the result file.`,
    ]
  })

/** One gate in a report: all of its name together. */
export interface GateLine {
  readonly ok: boolean
  readonly text: string
}

/** Gates whose value has to be above the limit. */
const leastNames = new Set(['saturated'])

/** The arm that is nearest to the limit, or beyond it. */
const worst = (name: string, gates: readonly Gate[]): Gate | undefined => {
  const sign = leastNames.has(name) ? -1 : 1
  return gates.toSorted(
    (one, other) =>
      Number(one.ok) - Number(other.ok) || sign * ((other.value ?? 0) - (one.value ?? 0)),
  )[0]
}

const placeOf = ({ contender, workload }: Gate): string =>
  [contender, workload].filter((part) => part !== undefined).join(' on ')

/** Gates whose numbers are told even where they passed: a reader has to judge them. */
const toldAlways = new Set(['quiet'])

/** Every gate by name with its worst number, failed ones with their limit and place. */
export const gateLines = (gates: readonly Gate[]): GateLine[] =>
  [...Map.groupBy(gates, ({ name }) => name)].flatMap(([name, alike]) => {
    const gate = worst(name, alike)
    if (gate === undefined || name === 'busiest') return []
    const isShare = name === 'generator' || name === 'saturated'
    const number = (value: number): string =>
      isShare ? `${percent(value)} %` : Number.isInteger(value) ? String(value) : figure(value)
    if (toldAlways.has(name)) return [{ ok: gate.ok, text: `${name} (${gate.detail ?? ''})` }]
    const value = gate.value === undefined ? '' : ` ${number(gate.value)}`
    const place = placeOf(gate)
    const otherFailures = alike.filter(({ ok }) => !ok).length - 1
    const failure = [
      ...(gate.limit === undefined ? [] : [`limit ${number(gate.limit)}`]),
      ...(place === '' ? [] : [place]),
      ...(gate.detail === undefined ? [] : [gate.detail]),
      ...(otherFailures > 0 ? [`and ${otherFailures} more`] : []),
    ].join(', ')
    return [
      {
        ok: gate.ok,
        text: `${name}${value}${gate.ok || failure === '' ? '' : ` (${failure})`}`,
      },
    ]
  })

/** Who was busiest in each cell that the database may limit; undefined where there is none. */
export const busiestLine = (gates: readonly Gate[]): string | undefined => {
  const told = gates.filter(({ name }) => name === 'busiest')
  const severalPoints = new Set(told.map(({ connections }) => connections)).size > 1
  const cells = Map.groupBy(told, ({ workload, connections }) =>
    severalPoints ? `${workload} with ${connections} connections` : `${workload}`,
  )
  const lines = [...cells].map(
    ([place, alike]) =>
      `${place}: ${alike.map(({ contender, detail }) => `${contender} (${detail})`).join(', ')}`,
  )
  return lines.length === 0 ? undefined : lines.join('; ')
}

/** How to read the tables. */
export const readingLine = ({ contenders, gaps, comparisons }: Result): string =>
  `ratios are contender / ${contenders[0]?.id ?? 'base'} with their interval; CPU is microseconds per request, ` +
  "the contender's own + the database's; vCPU is cores used by both" +
  (gaps.some(({ state }) => state === 'open')
    ? "; shares of a gap are on the scale of logarithms: 100 % is the peer's level"
    : '') +
  (comparisons.some(({ notSaturated }) => notSaturated === true)
    ? '; * a side was not saturated, so these are no capacities'
    : '')

/** What is known of the machine's own noise, beside the limit that it may have moved. */
const floorText = ({ floor }: Result['design']): string =>
  floor === undefined
    ? ''
    : ` (two identical servers differed by up to ${percent(floor.share)} % on this machine, ${floor.firm ? '' : 'indicative, '}${floor.blocks} blocks, ${floor.measuredAt.slice(0, 10)})`

/** How the run was made, so that it can be repeated. */
export const designLine = (result: Result): string => {
  const { design, seed, windows } = result
  const { blocks, rounds, windowMs, confidence, delta, precision } = design
  const done = blocksDone(result)
  const size = Math.max(0, ...result.comparisons.map(({ family }) => family?.size ?? 0))
  return [
    `seed ${seed}`,
    `${done === blocks ? done : `${done} of ${blocks}`} blocks of fresh processes`,
    `${rounds} rounds x 2 windows of ${windowMs} ms per contender`,
    `${windows.length} windows`,
    `${percent(confidence)} % intervals over blocks`,
    ...(precision === undefined ? [] : [`stops at half-widths of ${percent(precision)} %`]),
    `"same" means within ${percent(delta)} %${floorText(design)}`,
    ...(size > 1 ? [`verdicts hold together over ${size} comparisons (Holm)`] : []),
  ].join(', ')
}

/** Where the run was made. */
export const machineLine = ({ environment }: Result): string => {
  const { cores, cpu, virtual, kernel, governor, node, engine, database, coreBudget } = environment
  return [
    `${cores} x ${cpu}${virtual === true ? ' (virtual)' : ''}`,
    coreBudget,
    `kernel ${kernel}`,
    ...(governor === undefined ? [] : [`governor ${governor}`]),
    `Node ${node}`,
    ...(database === undefined ? [] : [`PostgreSQL ${database.version} (${database.origin})`]),
    `load by ${engine.name} ${engine.version}`,
    ...(environment.stealShare === undefined ? [] : [`steal ${percent(environment.stealShare)} %`]),
  ].join(', ')
}
