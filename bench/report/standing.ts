/** Where a contender stands against another one, workload by workload: what it is ahead in, and what it is behind in. */
import { isSamePoint, pointName } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result } from '../results.ts'
import { byVerdict } from './by-verdict.ts'
import { escapeMarkdown } from './markdown.ts'
import { ratioText, verdictOf } from './view.ts'

const names = { against: '**behind**', for: 'ahead', level: 'level', open: 'not told apart' }

const placesOf = (result: Result, contender: string): [place: string, told: Comparison][] => {
  const points = pointsOf(result.design)
  return result.design.workloads.flatMap(({ name }) =>
    points.flatMap((each) => {
      const told = verdictOf(
        result,
        result.comparisons.filter(
          ({ workload, point, contender: id }) =>
            workload === name && id === contender && isSamePoint(point, each),
        ),
      )
      const place = points.length > 1 ? `${name}, ${pointName(each)}` : name
      return told === undefined ? [] : [[place, told] as [string, Comparison]]
    }),
  )
}

/**
 * One line of Markdown: `max against gin:tuned: **behind** on json (1.30 (1.28-1.32)); ahead on db (…)`.
 * @param result with its comparisons worked out against the other one, which is its first contender
 * @returns undefined where the two have no workload in common
 */
export const standingLine = (result: Result, contender: string): string | undefined => {
  const places = placesOf(result, contender)
  const parts = byVerdict(
    names,
    places.map(([place, told]) => [told, `${place} ${ratioText(told)}`]),
  ).map(([name, words]) => `${name} on ${words.join(', ')}`)
  const [base] = result.contenders
  return parts.length === 0
    ? undefined
    : `${escapeMarkdown(contender)} / ${escapeMarkdown(base?.id ?? '')}: ${parts.join('; ')}`
}
