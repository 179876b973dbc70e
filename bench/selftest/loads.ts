/** Loads that a selftest plants in a server: so much CPU time, so much memory traffic. */

/** Does so many units of work. */
export type Work = (units: number) => void

/** Arithmetic alone, in registers. */
export const createSpin = (): Work => {
  let state = 1
  return (units) => {
    for (let unit = 0; unit < units; unit++) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
    }
  }
}

/** More than the caches of one core hold. */
const walkedBytes = 32 * 2 ** 20
/** An odd number of cache lines near the golden ratio of the buffer, so that no line is near the one before. */
const strideBytes = 64 * 324_027

/** Reads and writes one byte of another cache line per unit. */
export const createWalk = (bytes = new Uint8Array(walkedBytes)): Work => {
  let position = 0
  return (units) => {
    for (let unit = 0; unit < units; unit++) {
      position = (position + strideBytes) % bytes.length
      bytes[position] = (bytes[position] ?? 0) + 1
    }
  }
}

/** Long enough for V8 to have compiled the loop, and for the clock's grain of 1 us not to matter. */
const calibrationNs = 30e6

const repeats = 5

/**
 * How long one unit takes here, by the CPU time of this process.
 * @param cpuNs CPU time so far
 * @param chunk units of one call: V8 makes other code of a long loop than of a short one that is called often
 */
export const unitNs = (work: Work, cpuNs: () => number, chunk = 1_000): number => {
  const took = (calls: number): number => {
    const beforeNs = cpuNs()
    for (let call = 0; call < calls; call++) work(chunk)
    return cpuNs() - beforeNs
  }
  let calls = 1
  while (took(calls) < calibrationNs) calls *= 2
  // The first that was long enough may have begun before V8 had compiled the loop, and looks dearer than it will be.
  return Math.min(...Array.from({ length: repeats }, () => took(calls))) / (calls * chunk)
}

/**
 * Work of so many nanoseconds each time it is called; what is left of a unit is carried over to the next call.
 * @param amountNs CPU time per call
 */
export const workFor = (work: Work, amountNs: number, cpuNs: () => number): (() => void) => {
  const roughly = amountNs / unitNs(work, cpuNs)
  const perCall = amountNs / unitNs(work, cpuNs, Math.max(1, Math.round(roughly)))
  let owed = 0
  return () => {
    owed += perCall
    const units = Math.floor(owed)
    owed -= units
    work(units)
  }
}
