/** Counts in query strings by TechEmpower's rule: clamped, and never an error. */

/**
 * How many rows a request asks for.
 * @param raw the value as it came: missing, text, or a list where the key was repeated
 * @param limits `max` caps it; `bad` is used for what is no whole number of at least 1
 */
export function parseCount(raw: unknown, limits: { max: number; bad: number }): number {
  if (typeof raw !== 'string' || !/^\d+$/.test(raw)) return limits.bad
  const count = Number(raw)
  if (count < 1) return limits.bad
  return Math.min(count, limits.max)
}
