/** How often something happened, with bounds on how often it does: for ledgers of repeated checks. */
import { betaQuantile } from './beta.ts'

/** A share with its exact interval. */
export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

/**
 * The share of trials that succeeded with its exact two-sided interval, by Clopper and Pearson (1934):
 * low = B(alpha/2; k, n - k + 1), high = B(1 - alpha/2; k + 1, n - k), where B is the beta quantile.
 * It holds the truth at least as often as it says, whatever the truth; often more.
 * @param successes whole number, 0 to trials
 * @param trials whole number, at least 1
 * @throws RangeError for anything else
 */
export const exactShare = (successes: number, trials: number, confidence: number): Share => {
  if (!(Number.isInteger(trials) && trials >= 1))
    throw new RangeError(`trials must be a whole number of at least 1, got ${trials}`)
  if (!(Number.isInteger(successes) && successes >= 0 && successes <= trials))
    throw new RangeError(`successes must be a whole number from 0 to ${trials}, got ${successes}`)
  const tail = (1 - confidence) / 2
  const failures = trials - successes
  return {
    share: successes / trials,
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
  }
}
