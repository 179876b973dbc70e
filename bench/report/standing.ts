/** Where contenders stand against others, workload by workload: what they are ahead in, and what they are behind in. */
import { isSamePoint } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result } from '../results.ts'
import { byVerdict } from './by-verdict.ts'
import { escapeMarkdown } from './markdown.ts'
import { placeName, type Question } from './ratio-table.ts'
import { variantsOf } from './told-gaps.ts'
import { ratioText, verdictOf } from './view.ts'

const names = { against: '**behind**', for: 'ahead', level: 'level', open: 'not told apart' }

const placesOf = (
  result: Result,
  contender: string,
  question: Question | undefined,
): [place: string, told: Comparison][] => {
  const points = pointsOf(result.design)
  return result.design.workloads.flatMap(({ name }) =>
    points.flatMap((each) => {
      const here = result.comparisons.filter(
        ({ workload, point, contender: id }) =>
          workload === name && id === contender && isSamePoint(point, each),
      )
      const told = question === undefined ? verdictOf(result, here) : question.pick(here)
      return told === undefined
        ? []
        : [[placeName(name, each, points), told] as [string, Comparison]]
    }),
  )
}

/** `max / gin:tuned: **behind** on json 1.30 (1.28-1.32); ahead on db …`; undefined without a workload in common. */
const standingLine = (
  seenFromPeer: readonly Result[],
  contender: string,
  question: Question | undefined,
): string | undefined => {
  const places = seenFromPeer.flatMap((result) => placesOf(result, contender, question))
  const parts = byVerdict(
    names,
    places.map(([place, told]) => [told, `${place} ${ratioText(told)}`]),
  ).map(([name, words]) => `${name} on ${words.join(', ')}`)
  const peer = seenFromPeer[0]?.contenders[0]?.id ?? ''
  return parts.length === 0
    ? undefined
    : `${escapeMarkdown(contender)} / ${escapeMarkdown(peer)}: ${parts.join('; ')}`
}

/**
 * A line of Markdown for each peer and each variant of the base.
 * @param seenFromPeers runs with their comparisons worked out against a peer, which is the first contender there;
 *   several of one peer make one line
 * @param question what is compared; what each workload's verdict is read from where it is absent
 */
export const standingLines = (
  result: Pick<Result, 'contenders'>,
  seenFromPeers: readonly Result[],
  question?: Question,
): string[] =>
  [...Map.groupBy(seenFromPeers, ({ contenders: [peer] }) => peer?.id).values()].flatMap((seen) =>
    variantsOf(result).flatMap((id) => standingLine(seen, id, question) ?? []),
  )
