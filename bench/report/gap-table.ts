/** Gaps to the peers that were named with `--against`: how wide each is, and what is closed of it. */
import { isSamePoint, pointKey } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Gap, Result } from '../results.ts'
import { isShown, metricNames } from './effect.ts'
import { placeOf, shareOf } from './gap-sentence.ts'
import { decidingGaps, toldGaps } from './told-gaps.ts'
import { ratioText } from './view.ts'

/** A workload in one metric. */
export interface GapRow {
  readonly place: string
  readonly metric: string
  /** Peer / base. */
  readonly gap: string
  /** Why nobody closes anything of it; undefined where there is a gap to close. */
  readonly state: string | undefined
  /** What each contender of the table closes; undefined where it has no number. */
  readonly closed: readonly (string | undefined)[]
}

/** All gaps to one peer. */
export interface GapTable {
  readonly title: string
  readonly contenders: readonly string[]
  readonly rows: readonly GapRow[]
}

/** What stands instead of a share. */
const stateWords = {
  'base ahead': 'base already ahead',
  'base level': 'level',
  'gap not resolved': 'gap not resolved',
} as const

const comparisonOf = (
  { comparisons }: Pick<Result, 'comparisons'>,
  gap: Gap,
  contender: string,
): Comparison | undefined =>
  comparisons.find(
    (each) =>
      each.contender === contender &&
      each.workload === gap.workload &&
      each.metric === gap.metric &&
      isSamePoint(each.point, gap.point),
  )

const closedText = (result: Pick<Result, 'comparisons'>, gap: Gap): string => {
  if (gap.state !== 'open') return stateWords[gap.state]
  const isUnsaturated = [gap.contender, gap.peer].some(
    (id) => comparisonOf(result, gap, id)?.notSaturated === true,
  )
  return `${shareOf(gap)}${isUnsaturated ? '*' : ''}`
}

/** Gaps of one workload, point and metric. */
const byRow = (gaps: readonly Gap[]): Gap[][] => [
  ...Map.groupBy(gaps, ({ workload, point, metric }) =>
    JSON.stringify([workload, pointKey(point), metric]),
  ).values(),
]

/**
 * One table for each named peer that has a gap to tell of, in the order in which they were named; none without.
 * @param metrics all, or only the one that a workload's verdict is read from
 */
export const gapTables = (
  result: Pick<Result, 'gaps' | 'comparisons' | 'design' | 'contenders'>,
  metrics: 'all' | 'deciding' = 'all',
): GapTable[] => {
  const severalPoints = pointsOf(result.design).length > 1
  const told = metrics === 'all' ? toldGaps(result) : decidingGaps(result)
  return (result.design.against ?? []).flatMap((peer) => {
    const gaps = told.filter((gap) => gap.peer === peer)
    const [first] = gaps
    if (first === undefined) return []
    const contenders = [...new Set(gaps.map(({ contender }) => contender))]
    const rows = byRow(gaps).map((alike): GapRow => {
      const gap = alike[0]!
      const { metric, state } = gap
      const isAlike = alike.every((each) => each.state === state)
      return {
        place: placeOf(gap, severalPoints),
        metric: isShown(metric) ? metricNames[metric] : metric,
        gap: ratioText(comparisonOf(result, gap, peer)),
        state: state === 'open' || !isAlike ? undefined : stateWords[state],
        closed: contenders.map((id) => {
          const own = alike.find(({ contender }) => contender === id)
          return own && closedText(result, own)
        }),
      }
    })
    return [{ title: `Gap from ${first.base} to ${peer}`, contenders, rows }]
  })
}
