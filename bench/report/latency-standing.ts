/** Whose slowest answers take longer than the base's at a fixed rate, and whose do not: no verdict tells it, as those are of cost. */
import { isSamePoint, rateWords } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result } from '../results.ts'
import type { Verdict } from '../stats/verdict.ts'
import { listed } from './listed.ts'
import { ratioText } from './view.ts'

/** What is against a contender first. */
const groups = [
  { name: 'longer with', verdicts: ['worse', 'slightly worse'] },
  { name: 'shorter with', verdicts: ['better', 'slightly better'] },
  { name: 'the same with', verdicts: ['same'] },
  { name: 'not told apart with', verdicts: ['unresolved'] },
] as const satisfies readonly { readonly name: string; readonly verdicts: readonly Verdict[] }[]

const words = (row: Comparison): string => `${row.contender} ${ratioText(row)}`

/** A sentence for each workload and fixed rate at which some contender's p99 is compared with the base's. */
export const latencySentences = (result: Result): string[] => {
  const base = result.contenders[0]?.id
  return result.design.workloads.flatMap(({ name }) =>
    pointsOf(result.design).flatMap((at) => {
      if (at.ratePerSecond === undefined) return []
      const here = result.comparisons.filter(
        (row) =>
          row.metric === 'latencyP99' &&
          row.workload === name &&
          row.base === base &&
          isSamePoint(row.point, at),
      )
      if (here.length === 0) return []
      const parts = groups.flatMap(({ name: group, verdicts }) => {
        const rows = here.filter(({ verdict }) =>
          (verdicts as readonly Verdict[]).includes(verdict),
        )
        return rows.length === 0 ? [] : [`${group} ${listed(rows.map(words))}`]
      })
      return [
        `At ${rateWords(at.ratePerSecond)} on ${name}, as a ratio to that of ${base}, p99 is ${parts.join('; ')}.`,
      ]
    }),
  )
}
