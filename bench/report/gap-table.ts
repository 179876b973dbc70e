/** Gaps to the peers that were named with `--against`, as tables of text: how wide each is, and what is closed of it. */
import { isSamePoint, pointKey } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Gap, Result } from '../results.ts'
import { isShown, metricNames } from './effect.ts'
import { placeOf, shareOf } from './gap-sentence.ts'
import { ratioText } from './view.ts'

/** All gaps to one peer. */
export interface GapTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
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

/** Rows of one workload, point and metric stand together. */
const inOrder = (gaps: readonly Gap[]): Gap[] =>
  [
    ...Map.groupBy(gaps, ({ workload, point, metric }) =>
      JSON.stringify([workload, pointKey(point), metric]),
    ).values(),
  ].flat()

/** One table for each named peer that has a gap to tell of, in the order in which they were named; none without. */
export const gapTables = (
  result: Pick<Result, 'gaps' | 'comparisons' | 'design' | 'contenders'>,
): GapTable[] => {
  const severalPoints = pointsOf(result.design).length > 1
  return (result.design.against ?? []).flatMap((peer) => {
    const gaps = inOrder(result.gaps.filter((gap) => gap.peer === peer))
    const [first] = gaps
    if (first === undefined) return []
    return [
      {
        title: `Gap from ${first.base} to ${peer}`,
        head: ['workload', 'metric', 'gap (peer / base)', 'contender', 'closed'],
        rows: gaps.map((gap) => [
          placeOf(gap, severalPoints),
          isShown(gap.metric) ? metricNames[gap.metric] : gap.metric,
          ratioText(comparisonOf(result, gap, peer)),
          gap.contender,
          closedText(result, gap),
        ]),
      },
    ]
  })
}
