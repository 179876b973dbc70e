/** Counts in query strings: clamped, and never an error. What is no whole number of at least 1 means `bad`. */
export function parseCount(raw, { max, bad }) {
  if (typeof raw !== 'string' || !/^\d+$/.test(raw)) return bad
  const count = Number(raw)
  return count < 1 ? bad : Math.min(count, max)
}
