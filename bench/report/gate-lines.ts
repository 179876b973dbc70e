/** Gates as they stand under the tables, with their numbers. */
import { atPoint, pointKey, rateWords, shareWords } from '../point.ts'
import type { Gate } from '../results.ts'
import { listed } from './listed.ts'
import { figure, percent } from './units.ts'

/** One gate in a report: all of its name together. */
export interface GateLine {
  readonly ok: boolean
  readonly text: string
}

const placeOf = ({ contender, workload, ratePerSecond, shareOfCapacity }: Gate): string => {
  const place = [contender, workload].filter((part) => part !== undefined).join(' on ')
  if (shareOfCapacity !== undefined)
    return `${place} at ${shareWords(shareOfCapacity)} of its own capacity`
  return ratePerSecond === undefined ? place : `${place} at ${rateWords(ratePerSecond)}`
}

const asShare = (value: number): string => `${percent(value)} %`

/** How the numbers of a gate are written; as they are where it is not named. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  generator: asShare,
  saturated: asShare,
  plateau: asShare,
  rate: asShare,
  lag: asShare,
}

/** Gates whose value has to be at least the limit. */
const atLeast = new Set(['rate', 'saturated'])

/** Gates whose numbers are told even where they passed: a reader has to judge them. */
const toldAlways = new Set(['quiet', 'control'])

const plainNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : figure(value)

/** The arm that is nearest to the limit, or beyond it. */
const worst = (gates: readonly Gate[]): Gate | undefined => {
  const badness = ({ name, value = 0 }: Gate): number => (atLeast.has(name) ? -value : value)
  return gates.toSorted(
    (one, other) => Number(one.ok) - Number(other.ok) || badness(other) - badness(one),
  )[0]
}

/** Every gate by name with its worst number, failed ones with their limit and place. */
export const gateLines = (gates: readonly Gate[]): GateLine[] =>
  [...Map.groupBy(gates, ({ name }) => name)].flatMap(([name, alike]) => {
    const gate = worst(alike)
    if (gate === undefined || name === 'busiest') return []
    if (toldAlways.has(name)) return [{ ok: gate.ok, text: `${name} (${gate.detail ?? ''})` }]
    const number = formats[name] ?? plainNumber
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

/** Beyond so many contenders nobody reads everyone's cores: the result file has them. */
const mostTold = 6

/** Everyone's cores; or who was busiest with most contenders, then those with whom it was another. */
const busiestIn = (alike: readonly Gate[]): string => {
  if (alike.length <= mostTold)
    return alike.map(({ contender, detail }) => `${contender} (${detail})`).join(', ')
  const groups = [...Map.groupBy(alike, ({ detail = '' }) => detail.split(' ', 1)[0] ?? '')]
  return groups
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([who, those], index) =>
      index === 0
        ? `${who} with ${those.length} of ${alike.length}`
        : `${who} with ${listed(those.map(({ contender = '' }) => contender))}`,
    )
    .join(', ')
}

/** Who was busiest in each cell that the database may limit; undefined where there is none. */
export const busiestLine = (gates: readonly Gate[]): string | undefined => {
  const told = gates.flatMap((gate) =>
    gate.name === 'busiest' && gate.connections !== undefined
      ? [{ ...gate, connections: gate.connections }]
      : [],
  )
  const severalPoints = new Set(told.map(pointKey)).size > 1
  const cells = Map.groupBy(told, (gate) =>
    severalPoints ? `${gate.workload} ${atPoint(gate)}` : `${gate.workload}`,
  )
  const lines = [...cells].map(([place, alike]) => `${place}: ${busiestIn(alike)}`)
  return lines.length === 0 ? undefined : lines.join('; ')
}
