/** Two runs that share nothing but the question: a comparison without pairs. */
import { mean, sampleVariance } from 'simple-statistics'
import { claimsBy, type Claims } from './claims.ts'
import { studentTQuantile, studentTUpperTail } from './student-t.ts'

/** The difference of two independent means. */
export interface Difference {
  /** Mean of `after` less mean of `before`. */
  readonly mean: number
  /** Ends of the interval; absent when either side has fewer than two blocks. */
  readonly low?: number
  readonly high?: number
  /** Two-sided, that there is no difference. */
  readonly p?: number
  /** Degrees of freedom by Welch and Satterthwaite; absent where both sides have no spread at all. */
  readonly df?: number
}

/** Undefined with one block on a side; no degrees of freedom where both sides have no spread at all. */
const errorOf = (
  before: readonly number[],
  after: readonly number[],
): { readonly standardError: number; readonly df?: number } | undefined => {
  if (before.length < 2 || after.length < 2) return undefined
  const beforeShare = sampleVariance([...before]) / before.length
  const afterShare = sampleVariance([...after]) / after.length
  const variance = beforeShare + afterShare
  if (variance === 0) return { standardError: 0 }
  const df =
    variance ** 2 / (beforeShare ** 2 / (before.length - 1) + afterShare ** 2 / (after.length - 1))
  return { standardError: Math.sqrt(variance), df }
}

/**
 * Welch's t interval for the difference of the means of two independent runs (Welch 1947, Satterthwaite 1946):
 * standard error^2 = v1/n1 + v2/n2, df = (v1/n1 + v2/n2)^2 / ((v1/n1)^2/(n1 - 1) + (v2/n2)^2/(n2 - 1)).
 * Whatever drifted between the runs is not in it, so it is no substitute for pairs of one run.
 * @param before one value per block, such as the logarithm of a cost; at least one
 * @param after the same of the other run
 * @throws RangeError when a run has no block
 */
export const welchDifference = (
  before: readonly number[],
  after: readonly number[],
  confidence: number,
): Difference => {
  if (before.length === 0 || after.length === 0)
    throw new RangeError('a comparison needs at least one block of each run')
  const difference = mean([...after]) - mean([...before])
  const error = errorOf(before, after)
  if (error === undefined) return { mean: difference }
  const { standardError, df } = error
  if (df === undefined)
    return { mean: difference, low: difference, high: difference, p: difference === 0 ? 1 : 0 }
  const half = studentTQuantile((1 + confidence) / 2, df) * standardError
  return {
    mean: difference,
    low: difference - half,
    high: difference + half,
    p: 2 * studentTUpperTail(Math.abs(difference) / standardError, df),
    df,
  }
}

/**
 * What may be claimed of a difference between two independent runs, for logarithms as `welchDifference` takes them.
 * @param delta largest difference that does not matter, as a share: 0.02
 * @returns undefined when either side has fewer than two blocks
 */
export const welchClaims = (
  before: readonly number[],
  after: readonly number[],
  delta: number,
): Claims | undefined => {
  const error = errorOf(before, after)
  if (error === undefined) return undefined
  // Without spread there is no doubt, whatever the degrees of freedom.
  const { standardError, df = 1 } = error
  return claimsBy({ mean: mean([...after]) - mean([...before]), standardError, df }, delta)
}
