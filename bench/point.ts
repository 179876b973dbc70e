/** Operating points: how hard a server is driven where it is measured. Pure. */

/**
 * Closed loop with so many requests in flight; or, whatever the server does, at a fixed rate, or at a share of each
 * contender's own capacity.
 */
export interface Point {
  /** Requests in flight; at a rate the most that may be. */
  readonly connections: number
  readonly ratePerSecond?: number
  /** Of what the contender serves in a closed loop, in each block anew: every contender has a rate of its own. */
  readonly shareOfCapacity?: number
}

/** The point of something that has one, and nothing else of it. */
export const pointOf = ({ connections, ratePerSecond, shareOfCapacity }: Point): Point => ({
  connections,
  ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  ...(shareOfCapacity === undefined ? {} : { shareOfCapacity }),
})

/** Whether requests are sent at a rate. */
export const isPaced = ({ ratePerSecond, shareOfCapacity }: Point): boolean =>
  ratePerSecond !== undefined || shareOfCapacity !== undefined

/** Tells points apart, for maps. */
export const pointKey = ({ connections, ratePerSecond, shareOfCapacity }: Point): string =>
  shareOfCapacity === undefined
    ? `${connections} ${ratePerSecond ?? 'closed'}`
    : `${connections} share ${shareOfCapacity}`

export const isSamePoint = (one: Point, other: Point): boolean => pointKey(one) === pointKey(other)

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `3,000 requests/s` */
export const rateWords = (ratePerSecond: number): string =>
  `${grouped.format(ratePerSecond)} requests/s`

/** `30 %` */
export const shareWords = (shareOfCapacity: number): string =>
  `${Number((shareOfCapacity * 100).toFixed(1))} %`

/** As a heading: `32 connections`, `3,000 requests/s` or `30 % of each one's own capacity`. */
export const pointName = ({ connections, ratePerSecond, shareOfCapacity }: Point): string => {
  if (shareOfCapacity !== undefined)
    return `${shareWords(shareOfCapacity)} of each one's own capacity`
  return ratePerSecond === undefined ? `${connections} connections` : rateWords(ratePerSecond)
}

/** Within a sentence: `with 32 connections` or `at 3,000 requests/s`. */
export const atPoint = (point: Point): string =>
  `${isPaced(point) ? 'at' : 'with'} ${pointName(point)}`
