/** Pieces that several schemas of the result document are made of. */
import { Type, type TLiteral, type TUnion } from '@sinclair/typebox'
import { metrics } from './metrics.ts'

/** One of a few words. */
export const oneOf = <const T extends string>(values: readonly T[]): TUnion<TLiteral<T>[]> =>
  Type.Union(values.map((value) => Type.Literal(value)))

export const count = Type.Integer({ minimum: 0 })
export const nanoseconds = Type.Number({ minimum: 0 })
export const metric = oneOf(metrics)

/** Of an operating point: closed loop with so many requests in flight, or at a rate with no more than so many. */
export const pointFields = {
  connections: Type.Integer({ minimum: 1 }),
  /** Requests per second, the same for all; absent in a closed loop. */
  ratePerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  /** Of each contender's own capacity: it has a rate of its own then. */
  shareOfCapacity: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
}

/** The operating point of a number. */
export const point = Type.Object(pointFields)

/** Ends of the interval; absent with fewer than two blocks. */
export const ends = { low: Type.Optional(Type.Number()), high: Type.Optional(Type.Number()) }

/** Where the true value lies when the generator held a side back. */
export const boundSchema = oneOf(['at-least', 'at-most', 'unknown'])
