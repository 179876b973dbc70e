/** The shape of a histogram in a result file, as `Histogram.toRecord` writes it. */
import { Type } from '@sinclair/typebox'
import { count } from './schema-parts.ts'

export const histogramSchema = Type.Object({
  /** How values map to counters: whole microseconds, log-linear. */
  scheme: Type.Literal('log-linear-1024-us'),
  /** All samples. */
  count,
  /** For each counter in use: how far it is from the one before, then its count. */
  pairs: Type.Array(count),
})
