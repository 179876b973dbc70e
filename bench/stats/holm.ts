/** Several claims of one run, made so that the chance of even one false one stays what was said. */

/**
 * Holm's step-down adjustment (Holm 1979): the k-th smallest of m p values is multiplied by m - k + 1 and may not
 * be smaller than an earlier one. A claim is kept where its adjusted p is at most alpha; the chance that any kept
 * one is false is then at most alpha, however the comparisons depend on one another (they share their base).
 * @param size members of the family, declared before the run; those that came to no p value count as lost
 * @returns the adjusted values in the order of `ps`
 * @throws RangeError when the family is smaller than the p values at hand
 */
export const holm = (ps: readonly number[], size = ps.length): number[] => {
  if (size < ps.length) throw new RangeError(`a family of ${size} cannot have ${ps.length} members`)
  const adjusted = ps.map(() => 1)
  let floor = 0
  const order = ps.map((_, index) => index).toSorted((one, other) => ps[one]! - ps[other]!)
  for (const [rank, index] of order.entries()) {
    floor = Math.max(floor, Math.min(1, (size - rank) * ps[index]!))
    adjusted[index] = floor
  }
  return adjusted
}
