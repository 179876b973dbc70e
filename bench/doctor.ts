/** The Finding contract of `gapwise doctor`: one thing that was looked at, and the cure where it is not well. Members live in doctor/. */

/**
 * - ok: well
 * - note: missing or noisy, but one can measure; `cure` says what would be better
 * - fatal: nothing can be measured until it is cured
 */
export type FindingState = 'ok' | 'note' | 'fatal'

/** What one look found. */
export interface Finding {
  readonly section: 'needed' | 'optional' | 'machine' | 'noise' | 'leftovers'
  /** `node`, `steal` … */
  readonly name: string
  readonly state: FindingState
  /** What was seen, with its number and unit. */
  readonly found: string
  /** What to do; absent where all is well. */
  readonly cure?: string
}

/** A finding that is well, or else one with a cure. */
export const judged = (
  section: Finding['section'],
  name: string,
  found: string,
  trouble?: { readonly state: 'note' | 'fatal'; readonly cure: string },
): Finding => ({ section, name, found, state: 'ok', ...trouble })
