/** How much of the gap to a peer each contender closes, in words; and where there is no gap, that. */
import { atPoint, isPaced } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Gap, Result } from '../results.ts'
import { boundWord } from './effect.ts'
import { listed } from './listed.ts'
import { decidingGaps } from './told-gaps.ts'

const percentOf = (share: number): string => String(Math.round(share * 100))

/** `json`, with its operating point where the run has several; a fixed rate is always told. */
export const placeOf = ({ workload, point }: Gap, severalPoints: boolean): string =>
  severalPoints || isPaced(point) ? `${workload} ${atPoint(point)}` : workload

/** `62 % (48 to 77)`, of a share above or below 0 alike. */
export const shareOf = ({ closed = 0, low = 0, high = 0, bound }: Gap): string =>
  `${boundWord(bound)}${percentOf(closed)} % (${percentOf(low)} to ${percentOf(high)})`

/** What the contenders close of the gap to one peer: a sentence for each of them. */
const closings = (gaps: readonly Gap[], severalPoints: boolean): string[] =>
  [...Map.groupBy(gaps, ({ contender }) => contender)].map(([contender, mine]) => {
    const [first, ...rest] = mine.map((gap) => ({
      share: shareOf(gap),
      place: placeOf(gap, severalPoints),
    }))
    return `${listed([
      `On ${first?.place} ${contender} closes ${first?.share} of the gap to ${gaps[0]?.peer}`,
      ...rest.map(({ share, place }) => `on ${place} ${share}`),
    ])}.`
  })

/** What is said instead of a share. */
const stateWords = {
  'base ahead': (base: string, peer: string) => `${base} is already ahead of ${peer}`,
  'base level': (base: string, peer: string) => `${base} is level with ${peer}`,
  'gap not resolved': (base: string, peer: string) =>
    `the gap from ${base} to ${peer} is not resolved`,
} as const

/**
 * For each peer that gaps are told to: what every variant of the base closes of the gap to it, then the workloads on
 * which there is no gap to share, whatever the contender. Empty without a peer or without another contender.
 */
export const gapSentences = (result: Pick<Result, 'gaps' | 'design' | 'contenders'>): string[] => {
  const severalPoints = pointsOf(result.design).length > 1
  return [...Map.groupBy(decidingGaps(result), ({ peer }) => peer)].flatMap(([peer, toPeer]) => {
    const states = (['base ahead', 'base level', 'gap not resolved'] as const).flatMap((state) => {
      const here = toPeer.filter((gap) => gap.state === state)
      const [first] = here
      if (first === undefined) return []
      // Said once, although every contender has a row of it.
      const places = [...new Set(here.map((gap) => placeOf(gap, severalPoints)))]
      return [`On ${listed(places)} ${stateWords[state](first.base, peer)}.`]
    })
    const open = toPeer.filter(({ state }) => state === 'open')
    return [...closings(open, severalPoints), ...states]
  })
}
