/** When the requests of a paced window are meant to be sent: at a constant rate, whatever the server does. */

export interface Schedule {
  /** How many there are: those whose time lies before the end of the window. */
  readonly count: number
  /** When request `index` is meant to be sent, from 0: start + index / rate, in microseconds. */
  intendedUs(index: number): number
  /** When the window ends and no request is meant to be sent any more. */
  readonly endUs: number
}

/**
 * Makes a schedule at a constant rate. Each time is computed from the start, so errors do not add up.
 * @throws RangeError for a rate or duration that is not above 0, or that is longer than an hour
 */
export function constantRate(startUs: number, ratePerSecond: number, durationMs: number): Schedule {
  if (!(ratePerSecond > 0 && Number.isFinite(ratePerSecond)))
    throw new RangeError(`Expected a rate above 0 requests per second, found ${ratePerSecond}`)
  // Latencies are kept up to 71 minutes.
  if (!(durationMs > 0 && durationMs <= 3_600_000))
    throw new RangeError(`Expected a window of up to an hour, found ${durationMs} ms`)
  // 0.1 s * 30/s must be 3 requests although the product is a little above.
  const count = Math.max(1, Math.ceil((ratePerSecond * durationMs * (1 - 1e-12)) / 1000))
  return {
    count,
    intendedUs: (index) => startUs + (index * 1_000_000) / ratePerSecond,
    endUs: startUs + durationMs * 1000,
  }
}
