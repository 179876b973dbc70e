/** Gates as they stand under the tables, with their numbers. */
import { rateWords } from '../point.ts'
import type { Gate } from '../results.ts'
import { figure, milliseconds, percent } from './units.ts'

/** One gate in a report: all of its name together. */
export interface GateLine {
  readonly ok: boolean
  readonly text: string
}

const placeOf = ({ contender, workload, ratePerSecond }: Gate): string => {
  const place = [contender, workload].filter((part) => part !== undefined).join(' on ')
  return ratePerSecond === undefined ? place : `${place} at ${rateWords(ratePerSecond)}`
}

const asShare = (value: number): string => `${percent(value)} %`

/** How the numbers of a gate are written; as they are where it is not named. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  generator: asShare,
  rate: asShare,
  lag: (us) => `${milliseconds(us)} ms`,
}

/** Gates whose value has to be at least the limit. */
const atLeast = new Set(['rate'])

const plainNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : figure(value)

/** The arm that is nearest to the limit, or beyond it. */
const worst = (gates: readonly Gate[]): Gate | undefined => {
  const badness = ({ name, value = 0, limit }: Gate): number =>
    atLeast.has(name) ? -value : name === 'lag' ? value / Math.max(1, limit ?? 1) : value
  return gates.toSorted(
    (one, other) => Number(one.ok) - Number(other.ok) || badness(other) - badness(one),
  )[0]
}

/** Every gate by name with its worst number, failed ones with their limit and place. */
export const gateLines = (gates: readonly Gate[]): GateLine[] =>
  [...Map.groupBy(gates, ({ name }) => name)].flatMap(([name, alike]) => {
    const gate = worst(alike)
    if (gate === undefined) return []
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
