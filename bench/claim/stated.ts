/** What claims state, as ranges. Pure. */
import type { Stated } from '../claim.ts'

/** A round figure is taken with this tolerance, either way: figure / 1.15 to figure x 1.15. */
export const tolerance = 0.15

/** Without a figure, less than this is no difference: the bench's own delta. */
const noDifference = 0.02

/** "3.7 times" */
export const about = (figure: number): Stated => ({
  figure,
  low: figure / (1 + tolerance),
  high: figure * (1 + tolerance),
})

/** "3 to 5 times" is taken as it stands. */
export const between = (low: number, high: number): Stated => ({ low, high })

export const atLeast = (low: number): Stated => ({ low, high: Number.POSITIVE_INFINITY })

export const atMost = (high: number): Stated => ({ low: 0, high })

/** "More", by any amount that matters. */
export const more: Stated = atLeast(1 + noDifference)

/** "Less", by any amount that matters. */
export const fewer: Stated = atMost(1 / (1 + noDifference))

/** "No worse", in a metric of which more is better: a tie within the tolerance counts. */
export const asMuch: Stated = atLeast(1 / (1 + tolerance))
