/** Operating points: how hard a server is driven where it is measured. Pure. */

/** Closed loop with so many requests in flight; at a fixed rate, whatever the server does, where one is given. */
export interface Point {
  /** Requests in flight; at a fixed rate the most that may be. */
  readonly connections: number
  readonly ratePerSecond?: number
}

/** The point of something that has one, and nothing else of it. */
export const pointOf = ({ connections, ratePerSecond }: Point): Point =>
  ratePerSecond === undefined ? { connections } : { connections, ratePerSecond }

/** Tells points apart, for maps. */
export const pointKey = ({ connections, ratePerSecond }: Point): string =>
  `${connections} ${ratePerSecond ?? 'closed'}`

export const isSamePoint = (one: Point, other: Point): boolean => pointKey(one) === pointKey(other)

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `3,000 requests/s` */
export const rateWords = (ratePerSecond: number): string =>
  `${grouped.format(ratePerSecond)} requests/s`

/** As a heading: `32 connections` or `3,000 requests/s`. */
export const pointName = ({ connections, ratePerSecond }: Point): string =>
  ratePerSecond === undefined ? `${connections} connections` : rateWords(ratePerSecond)

/** Within a sentence: `with 32 connections` or `at 3,000 requests/s`. */
export const atPoint = (point: Point): string =>
  `${point.ratePerSecond === undefined ? 'with' : 'at'} ${pointName(point)}`
