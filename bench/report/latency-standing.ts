/** Whose slowest answers take longer than the base's at a fixed rate, and whose do not: no verdict tells it, as those are of cost. */
import { isSamePoint, rateWords } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Result } from '../results.ts'
import { byVerdict } from './by-verdict.ts'
import { listed } from './listed.ts'
import { ratioText } from './view.ts'

const names = {
  against: 'longer with',
  for: 'shorter with',
  level: 'the same with',
  open: 'not told apart with',
}

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
      const parts = byVerdict(
        names,
        here.map((row) => [row, `${row.contender} ${ratioText(row)}`]),
      ).map(([group, words]) => `${group} ${listed(words)}`)
      return [
        `At ${rateWords(at.ratePerSecond)} on ${name}, as a ratio to that of ${base}, p99 is ${parts.join('; ')}.`,
      ]
    }),
  )
}
