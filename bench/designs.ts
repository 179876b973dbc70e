/** Ways to take windows of two arms, which are compared with one another: what does each find, and how closely? */

/** A way to take windows of two arms. */
export interface WindowDesign {
  readonly name: string
  readonly windowMs: number
  /** Driven before each window and not counted. */
  readonly settleMs: number
  /** Both arms are loaded in the same window, on the contenders' core; else one after the other, A B B A. */
  readonly atOnce: boolean
}

/**
 * What every other design has to agree with: windows so long that what the other arm left in caches and queues is no
 * part of them. Nothing is known of its own bias that would not be in any load tool's figure.
 */
export const reference: WindowDesign = {
  name: 'isolated',
  windowMs: 1_500,
  settleMs: 250,
  atOnce: false,
}

const alternating = (windowMs: number): WindowDesign => ({
  name: `${windowMs} ms`,
  windowMs,
  settleMs: 0,
  atOnce: false,
})

/** Each gets as much measured time as the reference. */
export const windowDesigns: readonly WindowDesign[] = [
  reference,
  ...[25, 50, 100, 250].map(alternating),
  { name: 'duet', windowMs: 1_500, settleMs: 250, atOnce: true },
]

/** Rounds of a stretch: as many as take the measured time of two windows of each arm by the reference. */
export const roundsOf = ({ windowMs, atOnce }: WindowDesign): number =>
  Math.max(1, Math.round((2 * reference.windowMs) / (windowMs * (atOnce ? 1 : 2))))
