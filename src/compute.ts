/** CPU-bound work: the contract of the slot `compute`, and the algorithm itself. */

/** The start below `n` whose Collatz sequence is the longest, and how many steps it takes to reach 1. */
export interface Collatz {
  readonly n: number
  readonly start: number
  readonly steps: number
}

/** Does the work, here or elsewhere. */
export interface Compute {
  longestCollatz(n: number): Collatz | Promise<Collatz>
  close(): Promise<void>
}

/**
 * Walks every start from 1 to `n`; the first of equals wins. All values stay below 2^53 for n up to 100,000.
 * Every contender runs this same loop, without memory of earlier sequences.
 */
export function longestCollatz(n: number): Collatz {
  let best = 1
  let most = 0
  for (let start = 1; start <= n; start++) {
    let value = start
    let steps = 0
    while (value !== 1) {
      value = value % 2 === 0 ? value / 2 : 3 * value + 1
      steps++
    }
    if (steps > most) {
      best = start
      most = steps
    }
  }
  return { n, start: best, steps: most }
}
