/** Wilcoxon's signed ranks and the estimate of Hodges and Lehmann: what block values say without the normal distribution. */
import { median } from 'simple-statistics'

/** A centre and its interval by ranks. */
export interface RankEstimate {
  /** Hodges and Lehmann (1963): the median of the means of all pairs, each value with itself too. */
  readonly center: number
  /** Ends of the exact interval; absent where so few blocks have none at this confidence. */
  readonly low?: number
  readonly high?: number
  /** Two-sided, exact, that the values are symmetric around 0. */
  readonly p: number
}

/** Beyond this the number of sign patterns, 2^n, is no exact double any more. */
const mostBlocks = 50

/**
 * In how many of the 2^n sign patterns the positive ranks add up to each sum: counts[sum].
 * The generating function is the product of (1 + x^rank) over all ranks, multiplied out factor by factor
 * (Wilcoxon 1945; Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 3.1).
 * @param ranks whole numbers
 */
export const signPatternCounts = (ranks: readonly number[]): number[] => {
  const most = ranks.reduce((sum, rank) => sum + rank, 0)
  const counts = Array.from({ length: most + 1 }, (_, sum) => (sum === 0 ? 1 : 0))
  for (const rank of ranks)
    for (let sum = most; sum >= rank; sum--) counts[sum]! += counts[sum - rank]!
  return counts
}

/** Twice the rank of each value by its size, equal ones sharing their mean rank: doubled so that it is whole. */
const doubledRanks = (sizes: readonly number[]): number[] =>
  sizes.map((size) => {
    const smaller = sizes.filter((other) => other < size).length
    const equal = sizes.filter((other) => other === size).length
    return 2 * smaller + equal + 1
  })

/** Exact also with ties, by the distribution over the ranks at hand; values of 0 are left out (Wilcoxon 1945). */
const signedRankP = (values: readonly number[]): number => {
  const signed = values.filter((value) => value !== 0)
  const ranks = doubledRanks(signed.map(Math.abs))
  const observed = ranks.reduce((sum, rank, index) => sum + (signed[index]! > 0 ? rank : 0), 0)
  const counts = signPatternCounts(ranks)
  const total = (from: number, to: number): number =>
    counts.slice(from, to).reduce((sum, count) => sum + count, 0)
  const rarer = Math.min(total(0, observed + 1), total(observed, counts.length))
  return Math.min(1, (2 * rarer) / 2 ** signed.length)
}

/** Means of all pairs of values, each with itself too, in rising order (Walsh 1949). */
const walshAverages = (values: readonly number[]): number[] =>
  values
    .flatMap((one, index) => values.slice(index).map((other) => (one + other) / 2))
    .toSorted((one, other) => one - other)

/** How many Walsh averages the interval leaves out at each end: the most whose exact probability allows it. */
const leftOut = (blocks: number, tail: number): number => {
  const counts = signPatternCounts(Array.from({ length: blocks }, (_, index) => index + 1))
  let out = 0
  for (let patterns = 1; patterns / 2 ** blocks <= tail; patterns += counts[out]!) out++
  return out
}

/**
 * Centre, exact interval (Tukey 1949: order statistics of the Walsh averages) and exact p value by ranks.
 * The interval covers at least `confidence` where values are symmetric; with ties it is on the safe side. For
 * 95 % it takes 6 values: of fewer than 6, even all on one side is no rarer than 2 / 2^5 = 6 %.
 * @param values one per block, 1 to 50
 * @throws RangeError for another number of values
 */
export const estimateByRanks = (values: readonly number[], confidence: number): RankEstimate => {
  if (values.length === 0 || values.length > mostBlocks)
    throw new RangeError(`ranks need 1 to ${mostBlocks} blocks, got ${values.length}`)
  const averages = walshAverages(values)
  const center = median(averages)
  const p = signedRankP(values)
  const out = leftOut(values.length, (1 - confidence) / 2)
  if (out === 0) return { center, p }
  return { center, low: averages[out - 1]!, high: averages[averages.length - out]!, p }
}

/**
 * Whether a difference that Student's t finds is not borne out by ranks, so that a few blocks carry it:
 * - the Hodges-Lehmann centre lies on the other side of 0, or on it; or
 * - the exact rank interval reaches 0. Where so few blocks have no such interval at this confidence (fewer
 *   than 6 at 95 %) the sign alone decides: asking more would call every short run fragile.
 *
 * The rank interval is exact and thus a little wider in coverage (96.9 % for 6 blocks, 95.3 % for 7), so a
 * difference that t finds by a hair may count as fragile: that is meant, it hangs on the shape of the noise.
 * @param values one per block
 * @param t interval of the same values; without one, or where it holds 0, there is nothing to bear out
 */
export const isFragile = (
  values: readonly number[],
  t: { readonly low?: number; readonly high?: number },
  confidence: number,
): boolean => {
  if (t.low === undefined || t.high === undefined || (t.low <= 0 && t.high >= 0)) return false
  if (values.length > mostBlocks) return false
  const side = Math.sign(t.low)
  const { center, low, high } = estimateByRanks(values, confidence)
  if (Math.sign(center) !== side) return true
  if (low === undefined || high === undefined) return false
  return Math.sign(low) !== side || Math.sign(high) !== side
}
