/** Compares two JSON values, forgiving what the last digits of a logarithm may differ between machines. */

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Where two JSON values first differ, as a path such as `comparisons[2].ratio`, or undefined when they agree.
 * @param tolerance largest relative difference of two numbers that counts as agreement
 */
export const firstDifference = (
  stored: unknown,
  expected: unknown,
  tolerance: number,
  path = '',
): string | undefined => {
  if (typeof stored === 'number' && typeof expected === 'number') {
    const scale = Math.max(1, Math.abs(stored), Math.abs(expected))
    return Math.abs(stored - expected) <= tolerance * scale ? undefined : path
  }
  if (Array.isArray(stored) && Array.isArray(expected)) {
    if (stored.length !== expected.length) return `${path}.length`
    for (const [index, item] of stored.entries()) {
      const difference = firstDifference(item, expected[index], tolerance, `${path}[${index}]`)
      if (difference !== undefined) return difference
    }
    return undefined
  }
  if (isRecord(stored) && isRecord(expected)) {
    for (const key of new Set([...Object.keys(stored), ...Object.keys(expected)])) {
      const inner = path === '' ? key : `${path}.${key}`
      const difference = firstDifference(stored[key], expected[key], tolerance, inner)
      if (difference !== undefined) return difference
    }
    return undefined
  }
  return Object.is(stored, expected) ? undefined : path
}
