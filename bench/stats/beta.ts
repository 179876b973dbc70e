/** The regularised incomplete beta function and its inverse: the distributions of t and of a share rest on them. */
import { bisect, gammaln } from 'simple-statistics'

/** Steps after which the fraction has settled for every a and b up to some thousands. */
const mostSteps = 10_000
const settled = 1e-16
/** Stands in for a denominator of 0 (Thompson and Barnett 1986). */
const tiny = 1e-300

/**
 * The continued fraction of I_x(a, b), DLMF 8.17.22, by Lentz's method as in Numerical Recipes 6.4.
 * It settles quickly for x < (a + 1) / (a + b + 2).
 */
const fraction = (x: number, a: number, b: number): number => {
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let numerator = 1
  let denominator = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = denominator
  for (let m = 1; m < mostSteps; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    denominator = 1 / away(1 + even * denominator)
    numerator = away(1 + even / numerator)
    value *= denominator * numerator
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    denominator = 1 / away(1 + odd * denominator)
    numerator = away(1 + odd / numerator)
    const change = denominator * numerator
    value *= change
    if (Math.abs(change - 1) < settled) break
  }
  return value
}

/**
 * I_x(a, b): the probability that a beta variable with shapes a and b is at most x.
 * @returns within 1e-12 (relative) for shapes up to 100
 * @throws RangeError for shapes that are not positive or x outside [0, 1]
 */
export const betaProbability = (x: number, a: number, b: number): number => {
  if (!(a > 0 && b > 0)) throw new RangeError(`shapes must be positive, got ${a} and ${b}`)
  if (!(x >= 0 && x <= 1)) throw new RangeError(`x must be in [0, 1], got ${x}`)
  if (x === 0 || x === 1) return x
  const factor = Math.exp(
    gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x),
  )
  return x < (a + 1) / (a + b + 2)
    ? (factor * fraction(x, a, b)) / a
    : 1 - (factor * fraction(1 - x, b, a)) / b
}

/**
 * The value that a beta variable stays below with the given probability.
 * @param probability in [0, 1]
 * @returns within 1e-15 (absolute) of where `betaProbability` reaches it
 */
export const betaQuantile = (probability: number, a: number, b: number): number => {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`probability must be in [0, 1], got ${probability}`)
  if (probability === 0 || probability === 1) return probability
  return bisect((x: number) => betaProbability(x, a, b) - probability, 0, 1, 200, 1e-15)
}
