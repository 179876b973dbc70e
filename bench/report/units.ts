/** Numbers as people read them. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** About three digits, thousands grouped: 12,345 · 412 · 41.2 · 4.12. */
export const figure = (value: number): string => {
  if (Math.abs(value) >= 99.95) return grouped.format(value)
  return value.toFixed(Math.abs(value) >= 9.995 ? 1 : 2)
}

/** Nanoseconds as microseconds, without the unit: 41.2. */
export const microseconds = (durationNs: number): string => figure(durationNs / 1000)

/** Microseconds as milliseconds, without the unit: 1.91. */
export const milliseconds = (durationUs: number): string => figure(durationUs / 1000)

/** A ratio: 0.41 · 2.41 · 12.5 · 0.004. */
export const ratio = (value: number, decimals = 2): string => {
  if (value >= 9.995) return figure(value)
  return value < 0.01 ? value.toPrecision(1) : value.toFixed(decimals)
}

/** Decimals that a ratio needs so that both ends of its interval can be told apart. */
export const ratioDecimals = (low: number | undefined, high: number | undefined): number =>
  low !== undefined && high !== undefined && high - low < 0.03 ? 3 : 2

/** A share as percent, without the sign: 2 · 1.5. */
export const percent = (share: number): string => String(Number((share * 100).toFixed(1)))
