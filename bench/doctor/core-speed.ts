/** How evenly a core works: what a neighbour on the same physical core takes is shown by no counter of the kernel. */
import { performance } from 'node:perf_hooks'
import { quantileSorted } from 'simple-statistics'
import { judged, type Finding } from '../doctor.ts'

/** Enough slices for their tenths, short enough that a neighbour's bursts are seen. */
const slices = 1_500
const stepsPerSlice = 60_000
/** V8 has compiled the loop by then. */
const firstSlices = 100

/** Not measured, but set: at 1.4 a virtual machine gave intervals several times as wide as at another hour. */
const unevenFrom = 1.2

/**
 * Several chains that do not wait for one another: a core that is alone works on them side by side, and one that shares
 * its units with a neighbour cannot. A single chain would not notice.
 */
function work(steps: number): number {
  let a = 1
  let b = 2
  let c = 3
  let d = 4
  for (let step = 0; step < steps; step++) {
    a = (a + (step ^ b)) | 0
    b = (b + (a >>> 3)) | 0
    c = (c + step) | 0
    d ^= step + 1
    a ^= c
    d = (d + 7) | 0
  }
  return a ^ b ^ c ^ d
}

/** Where the work ends up, so that V8 cannot leave it out. */
let result = 0

/** Times equal pieces of work, one after the other, in milliseconds each; takes about a quarter of a second. */
export function timeSlices(now: () => number = performance.now.bind(performance)): number[] {
  const timesMs: number[] = []
  for (let slice = 0; slice < firstSlices + slices; slice++) {
    const beforeMs = now()
    result ^= work(stepsPerSlice)
    if (slice >= firstSlices) timesMs.push(now() - beforeMs)
  }
  return timesMs
}

/** @param timesMs of equal pieces of work */
export function judgeCoreSpeed(timesMs: readonly number[]): Finding {
  const sorted = timesMs.toSorted((one, other) => one - other)
  const ratio = quantileSorted(sorted, 0.9) / quantileSorted(sorted, 0.1)
  return judged(
    'noise',
    'core speed',
    `the slowest tenth of moments ${ratio.toFixed(2)} times as slow as the quickest`,
    ratio > unevenFrom
      ? {
          state: 'note',
          cure: `Something shares the physical core, and neither steal nor load shows it (limit ${unevenFrom}): intervals will be wide. A longer --budget narrows them; so does another hour, or a machine of your own.`,
        }
      : undefined,
  )
}
