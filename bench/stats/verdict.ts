/** Turns the claims on a log ratio into one of six words, and says what it would take when there is none. */
import type { Claims } from './claims.ts'
import { halfWidth, type Estimate } from './interval.ts'
import { studentTQuantile } from './student-t.ts'

export const verdicts = [
  'better',
  'worse',
  'same',
  'slightly better',
  'slightly worse',
  'unresolved',
] as const

export type Verdict = (typeof verdicts)[number]

/** Which direction of a metric is good. */
export type Better = 'lower' | 'higher'

/**
 * The word for ln(contender / base), from the strongest of its claims that is kept: p at most 1 - confidence.
 *
 * ```
 *            -d        0        +d      (d = ln(1 + delta); right is good)
 *   better    |        |         |  [---]
 *   slightly  |        | [-------]--]
 *   same      |   [----]----]    |
 *   unresolved|    [---]---------]-]
 * ```
 * With the claims of the estimate itself the picture shows its interval. With p values that Holm adjusted over a
 * family each claim has to be clearer than that; what is no longer beyond delta may still be `slightly`, and
 * what is no longer kept at all is `unresolved`.
 * @param claims of the estimate, or adjusted; undefined with fewer than two blocks
 */
export const judge = (
  { mean }: Pick<Estimate, 'mean'>,
  claims: Claims | undefined,
  confidence: number,
  better: Better,
): Verdict => {
  if (claims === undefined) return 'unresolved'
  const isKept = (p: number): boolean => p <= 1 - confidence
  const isGood = better === 'higher' ? mean > 0 : mean < 0
  if (isKept(claims.beyond)) return isGood ? 'better' : 'worse'
  if (isKept(claims.same)) return 'same'
  if (isKept(claims.differs)) return isGood ? 'slightly better' : 'slightly worse'
  return 'unresolved'
}

/** Beyond this the forecast says nothing useful: the machine or the question has to change. */
const forecastLimit = 400

/**
 * How many blocks more would settle an unresolved comparison, if its mean and spread stayed as they are:
 * the interval would then leave out 0 or lie within the limits.
 * @param confidence of the interval; in a family the stricter one that the comparison has to pass
 * @returns undefined with fewer than two blocks, or when 400 blocks in all would not do
 */
export const furtherBlocks = (
  logRatio: Estimate,
  delta: number,
  confidence: number,
): number | undefined => {
  if (logRatio.sd === undefined) return undefined
  const distance = Math.abs(logRatio.mean)
  for (let blocks = logRatio.blocks + 1; blocks <= forecastLimit; blocks++) {
    const half = halfWidth(logRatio.sd, blocks, confidence)
    if (distance > half || distance + half <= Math.log1p(delta)) return blocks - logRatio.blocks
  }
  return undefined
}

/**
 * The smallest true difference that such a run finds in 8 of 10 cases, as a share (0.019 for 1.9 %):
 * exp((t(1 - alpha/2) + t(0.8)) * standard error) - 1.
 * @param confidence as in `furtherBlocks`
 * @returns undefined with fewer than two blocks
 */
export const detectableEffect = (logRatio: Estimate, confidence: number): number | undefined => {
  if (logRatio.sd === undefined) return undefined
  const df = logRatio.blocks - 1
  const standardError = logRatio.sd / Math.sqrt(logRatio.blocks)
  const multiple = studentTQuantile((1 + confidence) / 2, df) + studentTQuantile(0.8, df)
  return Math.expm1(multiple * standardError)
}
