/** The Claim contract: a figure that somebody published, what it is checked by, and the words that a check can end with. Members live in claims/. */
import type { Figure, Quantity } from './quantity.ts'

/** What a claim says a number is. Both ends count as inside. */
export interface Stated {
  readonly low: number
  readonly high: number
  /** As the claim gives it, where it gives one figure and the range is that figure's tolerance. */
  readonly figure?: number
}

/** On which side of the stated range an interval lies. */
export type Side = 'below' | 'above'

/** What is known by construction of a difference between a claim and what was found. */
export interface Explanation {
  /** Told only where the interval lies on this side; on either where absent. */
  readonly side?: Side
  readonly why: string
}

/** One number that has to be as stated. */
export interface Check {
  readonly quantity: Quantity
  readonly stated: Stated
  /** How it was taken, where the claim gives no figure. */
  readonly taken?: string
  /** The claim is about a part of what is measured, which therefore moves less than that part. */
  readonly isPart?: true
  /** Told where it is not as stated. */
  readonly explains?: Explanation
}

export const words = [
  'holds',
  'does not hold here',
  'unresolved',
  'not comparable',
  'not measured',
] as const

export type Word = (typeof words)[number]

interface Published {
  /** The row in the list of claims; letters where articles contradict each other in one row. */
  readonly id: string
  /** In our own words. */
  readonly says: string
  /** What was given with it. */
  readonly given: string
  /** What is other here than there. */
  readonly differs: string
}

/** Every check has to hold for the claim to hold. */
export interface CheckedClaim extends Published {
  readonly checks: readonly Check[]
}

/** Says too little to be checked; what comes nearest is shown without a word. */
export interface VagueClaim extends Published {
  /** Why, as a whole sentence. */
  readonly notComparable: string
  readonly related: readonly Quantity[]
}

export type Claim = CheckedClaim | VagueClaim

/** A quantity as it was found, beside what was claimed of it. */
export interface JudgedCheck {
  readonly quantity: Quantity
  /** Absent where nothing was claimed of it. */
  readonly check?: Check
  readonly figure?: Figure
  /** Why there is no figure. */
  readonly absence?: string
  readonly word?: Word
  /** Where it does not hold here. */
  readonly side?: Side
}

/** A claim with all that was found of it. */
export interface JudgedClaim {
  readonly claim: Claim
  readonly checks: readonly JudgedCheck[]
  readonly word: Word
  /** What is known of the difference, where there is one. */
  readonly explanations: readonly string[]
}
