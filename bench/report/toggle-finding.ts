/** What the published measurements say of a toggle, in sentences: whether it helps, and whether it moved what it should not. */
import type { Measured, ToggleFacts } from '../catalogue.ts'
import { pointKey } from '../point.ts'
import type { Comparison } from '../results.ts'
import type { Verdict } from '../stats/verdict.ts'
import { interval } from './effect.ts'

const quantity = (comparison: Comparison): string =>
  `${interval(comparison)} times the ${comparison.metric === 'capacity' ? 'requests/s' : 'CPU per request'}`

const amount = (comparison: Comparison): string =>
  `${comparison.metric === 'capacity' ? 'serves' : 'takes'} ${quantity(comparison)}`

const addedWords: Readonly<Record<Verdict, string>> = {
  better: 'helps',
  'slightly better': 'helps a little',
  worse: 'is a loss',
  'slightly worse': 'is a slight loss',
  same: 'makes no difference that matters',
  unresolved: 'shows no difference',
}

const leftOutWords: Readonly<Record<Verdict, string>> = {
  better: 'it is a loss there',
  'slightly better': 'it is a slight loss there',
  worse: 'it is worth having',
  'slightly worse': 'it is worth a little',
  same: 'it makes no difference there that matters',
  unresolved: 'no difference was shown',
}

const moved = ({ way, base }: Measured, comparison: Comparison): string => {
  const { workload, verdict } = comparison
  return way === 'added'
    ? `Added to ${base} it ${addedWords[verdict]} on ${workload}: ${quantity(comparison)}.`
    : `Left out of ${base}, ${workload} ${amount(comparison)}: ${leftOutWords[verdict]}.`
}

const isSeen = ({ verdict }: Comparison): boolean => verdict !== 'same' && verdict !== 'unresolved'

type Finding = readonly [from: Measured, comparison: Comparison]

const keyOf = ([{ way, base }, { workload, point }]: Finding): string =>
  JSON.stringify([way, base, workload, pointKey(point)])

/** Of several runs that asked the same a firm one, if there is, and of those the newest, as they come newest first. */
const oneOfEach = (measured: readonly Measured[]): Finding[] => {
  const all = measured.flatMap((from) =>
    from.comparisons.map((comparison): Finding => [from, comparison]),
  )
  return [...Map.groupBy(all, keyOf).values()].flatMap((findings) => {
    const told = findings.find(([{ indicative }]) => !indicative) ?? findings[0]
    return told === undefined ? [] : [told]
  })
}

/**
 * One sentence for each workload that was measured and the toggle should move, by one run of those that asked the same;
 * then one for each that it should not move and did.
 */
export const findingsOf = ({ measured, expectation }: ToggleFacts): string[] => {
  const { moves, still } = expectation ?? { moves: [], still: [] }
  const found = oneOfEach(measured)
  const about = (
    workloads: readonly string[],
    words: (from: Measured, comparison: Comparison) => string[],
  ): string[] =>
    found.flatMap(([from, comparison]) =>
      workloads.includes(comparison.workload) ? words(from, comparison) : [],
    )
  return [
    ...about(moves, (from, comparison) => [moved(from, comparison)]),
    ...about(still, (_from, comparison) =>
      isSeen(comparison)
        ? [`Unexpected: ${comparison.workload} moved too, ${quantity(comparison)}.`]
        : [],
    ),
  ]
}
