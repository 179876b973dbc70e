/** Student t intervals over block means: a block of fresh processes is one independent observation. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { studentTQuantile } from './student-t.ts'

/** A mean with its interval; without one when there are fewer than two blocks. */
export interface Estimate {
  /** Mean over blocks. */
  readonly mean: number
  /** Sample standard deviation between blocks (n - 1); absent with one block. */
  readonly sd?: number
  readonly low?: number
  readonly high?: number
  /** Number of blocks. */
  readonly blocks: number
}

/** Half the width of the interval of a mean over `blocks` values: t(1 - alpha/2, blocks - 1) * sd / sqrt(blocks). */
export const halfWidth = (sd: number, blocks: number, confidence: number): number =>
  (studentTQuantile((1 + confidence) / 2, blocks - 1) * sd) / Math.sqrt(blocks)

/**
 * Mean of block values with the two-sided Student t interval (df = blocks - 1).
 * @param values one value per block, at least one
 * @param confidence of the interval, such as 0.95
 * @throws RangeError when there is no value
 */
export const estimateMean = (values: readonly number[], confidence: number): Estimate => {
  if (values.length === 0) throw new RangeError('an estimate needs at least one block')
  const center = mean([...values])
  if (values.length === 1) return { mean: center, blocks: 1 }
  const sd = sampleStandardDeviation([...values])
  const half = halfWidth(sd, values.length, confidence)
  return { mean: center, sd, low: center - half, high: center + half, blocks: values.length }
}

/** An estimate made on logarithms, brought back: the geometric mean and exp of both ends. */
export const exponentiate = (
  logs: Estimate,
): { readonly value: number; readonly low?: number; readonly high?: number } => ({
  value: Math.exp(logs.mean),
  ...(logs.low === undefined ? {} : { low: Math.exp(logs.low) }),
  ...(logs.high === undefined ? {} : { high: Math.exp(logs.high) }),
})
