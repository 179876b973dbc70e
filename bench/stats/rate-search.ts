/**
 * Searches the highest rate at which a server keeps a limit, from one probe to the next: brackets it, halves the
 * bracket on the scale of logarithms, and has the answer confirmed. It sends nothing itself.
 */

/** What a probe at a rate showed. Why it did not pass: too slow, not sent in time, failed answers, a late generator. */
export interface ProbeOutcome {
  readonly reason: 'passed' | 'latency' | 'rate' | 'errors' | 'lag'
  /** So near to the limit that chance may have decided. */
  readonly near: boolean
}

/** Why a rate was too much. */
export type Obstacle = Exclude<ProbeOutcome['reason'], 'passed'>

/** How a search ended. */
export interface SearchEnd {
  /** The highest rate that holds, in requests per second; absent when none was found. */
  readonly ratePerSecond?: number
  /** Where none was found: the lowest rate that did not pass, or was not confirmed. */
  readonly refused?: number
  /** The highest that passed and the lowest that did not, when the bracket was narrow. */
  readonly bracketLow?: number
  /** Absent when nothing up to the end of the search failed. */
  readonly bracketHigh?: number
  /** Of the rate's confirmations. */
  readonly confirmed: number
  readonly confirmations: number
  /** What is in the way of a higher rate; absent when nothing was. */
  readonly limitedBy?: Obstacle
}

/**
 * The rules (reference: Nighthawk's adaptive load controller, whose 1 % is below the noise of a shared machine).
 * - start: share of the capacity to begin at; least and most: where the search ends, as shares of it
 * - bracket: factor of its steps; ratio: how narrow it is made, high / low
 * - enough of confirmations: so many of so many probes have to pass, else the rate goes down by stepDown, so often
 */
export const searchRules = {
  start: 0.25,
  least: 0.02,
  most: 5,
  bracket: 1.5,
  ratio: 1.05,
  confirmations: 5,
  enough: 4,
  stepDown: 0.95,
  stepsDown: 5,
} as const

type Probing<Result> = Generator<number, Result, ProbeOutcome>

const hasPassed = ({ reason }: ProbeOutcome): boolean => reason === 'passed'

/**
 * Only a clear pass is believed at once; what is near the limit or fails is settled by the best of three. A pass too many is
 * found out by the confirmations, but nothing would bring back a rate that one disturbed probe has ruled out.
 */
function* judged(rate: number): Probing<ProbeOutcome> {
  const first = yield rate
  if (hasPassed(first) && !first.near) return first
  const second = yield rate
  return hasPassed(first) === hasPassed(second) ? second : yield rate
}

interface Bracket {
  low: number | undefined
  high: { readonly rate: number; readonly reason: Obstacle } | undefined
}

function* probe(bracket: Bracket, rate: number): Probing<void> {
  const { reason } = yield* judged(rate)
  if (reason === 'passed') bracket.low = rate
  else bracket.high = { rate, reason }
}

/** Steps up or down until one rate has passed and one has not, or the search is at its end. */
function* widen(bracket: Bracket, capacity: number): Probing<void> {
  const { start, bracket: factor, least, most } = searchRules
  for (let rate = start * capacity; rate >= least * capacity && rate <= most * capacity;) {
    yield* probe(bracket, rate)
    if (bracket.low !== undefined && bracket.high !== undefined) return
    rate = bracket.low === undefined ? rate / factor : rate * factor
  }
}

function* narrow(bracket: Bracket): Probing<void> {
  while (
    bracket.low !== undefined &&
    bracket.high !== undefined &&
    bracket.high.rate / bracket.low > searchRules.ratio
  )
    yield* probe(bracket, Math.sqrt(bracket.low * bracket.high.rate))
}

interface Confirmed {
  readonly passed: number
  readonly of: number
  readonly obstacle: Obstacle | undefined
}

/** Probes until enough have passed, or so many have not that it cannot be enough any more. */
function* confirm(rate: number): Probing<Confirmed> {
  const { confirmations, enough } = searchRules
  let passed = 0
  let failed = 0
  let obstacle: Obstacle | undefined
  while (passed < enough && failed <= confirmations - enough) {
    const { reason } = yield rate
    if (reason === 'passed') passed++
    else {
      failed++
      obstacle = reason
    }
  }
  return { passed, of: passed + failed, obstacle: passed < enough ? obstacle : undefined }
}

/**
 * Yields the rates to probe, in requests per second, and takes the outcome of each.
 *
 * Steps of x1.5 from a quarter of the capacity, up while probes pass or down while none has; then the middle of the
 * bracket, on the scale of logarithms, until its ends are 5 % apart. Outcomes near the limit, and failures, are
 * decided by the best of three. The lower end must pass 4 of 5 confirmations (probes after the
 * fourth pass are spared); else the rate goes down by 5 % and has to be confirmed again, five times at most.
 * @param capacityPerSecond where to begin, above 0; the search goes from 2 % to 500 % of it, as a closed
 *   loop may show less than a server can do (the generator waits for it as well)
 */
export function* rateSearch(capacityPerSecond: number): Probing<SearchEnd> {
  const bracket: Bracket = { low: undefined, high: undefined }
  yield* widen(bracket, capacityPerSecond)
  yield* narrow(bracket)
  const { low, high } = bracket
  const ends = {
    ...(low === undefined ? {} : { bracketLow: low }),
    ...(high === undefined ? {} : { bracketHigh: high.rate }),
  }
  let limitedBy = high?.reason
  let refused = high?.rate
  let tally = { confirmed: 0, confirmations: 0 }
  if (low !== undefined)
    for (let step = 0; step <= searchRules.stepsDown; step++) {
      const rate = low * searchRules.stepDown ** step
      const { passed, of, obstacle } = yield* confirm(rate)
      tally = { confirmed: passed, confirmations: of }
      if (obstacle === undefined)
        return {
          ratePerSecond: rate,
          ...ends,
          ...tally,
          ...(limitedBy === undefined ? {} : { limitedBy }),
        }
      limitedBy = obstacle
      refused = rate
    }
  return {
    ...(refused === undefined ? {} : { refused }),
    ...ends,
    ...tally,
    ...(limitedBy === undefined ? {} : { limitedBy }),
  }
}
