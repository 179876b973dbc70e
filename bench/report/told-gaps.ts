/** Of a run's gaps those that a reader is told. */
import { pointKey } from '../point.ts'
import { decidingOf } from '../result/deciding.ts'
import type { Gap, Result } from '../results.ts'

/** `express` of `express:tuned`. */
const family = (id: string): string => id.split(':', 1)[0] ?? id

/** Other profiles where the base is a profile, other levels where it is a peer, other addresses where it is one. */
export const variantsOf = ({
  contenders: [base, ...others],
}: Pick<Result, 'contenders'>): string[] =>
  others
    .filter(
      ({ id, kind }) => kind === base?.kind && (kind !== 'peer' || family(id) === family(base.id)),
    )
    .map(({ id }) => id)

/**
 * What the base's own variants close of the gap; how near another peer comes to the peer is told by the ratios. All gaps
 * where the base has no variant in the run.
 */
export const toldGaps = (result: Pick<Result, 'gaps' | 'contenders'>): Gap[] => {
  const variants = new Set(variantsOf(result))
  const own = result.gaps.filter(({ contender }) => variants.has(contender))
  return own.length > 0 ? own : [...result.gaps]
}

/** Of each contender, peer and cell the gap in the metric that the workload's verdict is read from. */
export const decidingGaps = (result: Pick<Result, 'gaps' | 'design' | 'contenders'>): Gap[] =>
  [
    ...Map.groupBy(toldGaps(result), ({ workload, point, contender, peer }) =>
      JSON.stringify([workload, pointKey(point), contender, peer]),
    ).values(),
  ].flatMap((alike) => {
    const [first] = alike
    return decidingOf(result.design, first?.workload ?? '', alike, first?.point) ?? []
  })
