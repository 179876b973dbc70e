/** What may be claimed of a log ratio, each claim with its p value, so that a family of them can share its error. */
import type { Estimate } from './interval.ts'
import { studentTUpperTail } from './student-t.ts'

/** p values of the three claims, each two-sided: at most alpha where the interval of confidence 1 - alpha says so. */
export interface Claims {
  /** That there is a difference: the interval leaves out 0. */
  readonly differs: number
  /** That the difference is more than delta: the interval lies beyond a limit. */
  readonly beyond: number
  /** That it is at most delta either way: the interval lies between both limits. */
  readonly same: number
}

/** A mean at `distance` from a limit, in standard errors; where there is no spread there is no doubt, save on the limit itself. */
const inStandardErrors = (distance: number, standardError: number): number =>
  standardError > 0 ? distance / standardError : distance === 0 ? 0 : distance * Infinity

/**
 * p values from Student's t (df = blocks - 1) with limits ±ln(1 + delta):
 * - differs: 2 P(T > |mean| / se)
 * - beyond: 2 P(T > (|mean| - limit) / se)
 * - same: two one-sided tests (Schuirmann 1987), the larger p: P(T > (limit - |mean|) / se). It is doubled, like the
 *   others, so that all three say with one interval what they say: at 5 % it is the 95 % interval that must lie
 *   within the limits, where Schuirmann asks for the 90 % one.
 * @param delta largest difference that does not matter, as a share: 0.02
 * @returns undefined with fewer than two blocks
 */
export const claimsOf = (logRatio: Estimate, delta: number): Claims | undefined => {
  const { mean, sd, blocks } = logRatio
  if (sd === undefined) return undefined
  return claimsBy({ mean, standardError: sd / Math.sqrt(blocks), df: blocks - 1 }, delta)
}

/** A mean of logarithms with what its uncertainty is read from. */
export interface Uncertain {
  readonly mean: number
  readonly standardError: number
  /** At least 1; a fraction in Welch's test. */
  readonly df: number
}

/** The claims of any mean that is t distributed around the truth; see `claimsOf` for each. */
export const claimsBy = ({ mean, standardError, df }: Uncertain, delta: number): Claims => {
  const limit = Math.log1p(delta)
  const size = Math.abs(mean)
  const twoSided = (distance: number): number =>
    Math.min(1, 2 * studentTUpperTail(inStandardErrors(distance, standardError), df))
  return { differs: twoSided(size), beyond: twoSided(size - limit), same: twoSided(limit - size) }
}
