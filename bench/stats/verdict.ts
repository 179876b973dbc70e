/** Turns the interval of a log ratio into one of six words, and says what it would take when it cannot. */
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
 * What an interval of ln(contender / base) says.
 *
 * ```
 *            -d        0        +d      (d = ln(1 + delta); right is good)
 *   better    |        |         |  [---]
 *   slightly  |        | [-------]--]
 *   same      |   [----]----]    |      equivalence, Schuirmann 1987, here at the wider 95 %
 *   unresolved|    [---]---------]-]
 * ```
 * @param logRatio estimate of ln(contender / base)
 * @param delta largest difference that does not matter, as a share: 0.02
 */
export const judge = (logRatio: Estimate, delta: number, better: Better): Verdict => {
  if (logRatio.low === undefined || logRatio.high === undefined) return 'unresolved'
  const limit = Math.log1p(delta)
  const [low, high] =
    better === 'higher' ? [logRatio.low, logRatio.high] : [-logRatio.high, -logRatio.low]
  if (low > limit) return 'better'
  if (high < -limit) return 'worse'
  if (low >= -limit && high <= limit) return 'same'
  if (low > 0) return 'slightly better'
  if (high < 0) return 'slightly worse'
  return 'unresolved'
}

/** Beyond this the forecast says nothing useful: the machine or the question has to change. */
const forecastLimit = 400

/**
 * How many blocks more would settle an unresolved comparison, if its mean and spread stayed as they are:
 * the interval would then leave out 0 or lie within the limits.
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
 * @returns undefined with fewer than two blocks
 */
export const detectableEffect = (logRatio: Estimate, confidence: number): number | undefined => {
  if (logRatio.sd === undefined) return undefined
  const df = logRatio.blocks - 1
  const standardError = logRatio.sd / Math.sqrt(logRatio.blocks)
  const multiple = studentTQuantile((1 + confidence) / 2, df) + studentTQuantile(0.8, df)
  return Math.expm1(multiple * standardError)
}
