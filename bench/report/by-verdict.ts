/** Puts comparisons under headings by their verdict. */
import type { Comparison } from '../results.ts'
import type { Verdict } from '../stats/verdict.ts'

/** In this order, as what is against a contender has to be as easy to find as what is for it. */
const sides = [
  ['against', ['worse', 'slightly worse']],
  ['for', ['better', 'slightly better']],
  ['level', ['same']],
  ['open', ['unresolved']],
] as const satisfies readonly (readonly [string, readonly Verdict[]])[]

/** What each side is called. */
export type SideNames = Readonly<Record<(typeof sides)[number][0], string>>

/** Each name with its comparisons in words, what is against a contender first; without those that have none. */
export const byVerdict = (
  names: SideNames,
  told: readonly (readonly [comparison: Pick<Comparison, 'verdict'>, words: string])[],
): [name: string, words: string[]][] =>
  sides.flatMap(([side, verdicts]) => {
    const words = told.flatMap(([{ verdict }, text]) =>
      (verdicts as readonly Verdict[]).includes(verdict) ? text : [],
    )
    return words.length === 0 ? [] : [[names[side], words] as [string, string[]]]
  })
