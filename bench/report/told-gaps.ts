/** Of a run's gaps those that a reader is told. */
import type { Gap, Result } from '../results.ts'

/** `express` of `express:tuned`. */
const family = (id: string): string => id.split(':', 1)[0] ?? id

/**
 * What the base's own variants close of the gap: other profiles where it is a profile, other levels where it is a peer.
 * How near another peer comes to the peer is told by the ratios. All gaps where the base has no variant in the run.
 */
export const toldGaps = ({ gaps, contenders }: Pick<Result, 'gaps' | 'contenders'>): Gap[] => {
  const kinds = new Map(contenders.map(({ id, kind }) => [id, kind]))
  const own = gaps.filter(({ base, contender }) =>
    kinds.get(base) === 'profile'
      ? kinds.get(contender) === 'profile'
      : family(base) === family(contender),
  )
  return own.length > 0 ? own : [...gaps]
}
