/** A seeded generator of random numbers, so that a run's order can be repeated from its printed seed. */

/** A stream of random numbers that follows from its seed alone. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number
  /** A new array with the same items in random order (Fisher and Yates; Durstenfeld 1964). */
  shuffle<T>(items: readonly T[]): T[]
}

const rotateLeft = (value: number, bits: number): number =>
  (value << bits) | (value >>> (32 - bits))

/** Spreads one seed over a whole state: splitmix32, the finaliser of MurmurHash3 over a Weyl sequence. */
const splitmix32 = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x85ebca6b)
    mixed ^= mixed >>> 13
    mixed = Math.imul(mixed, 0xc2b2ae35)
    return mixed ^ (mixed >>> 16)
  }
}

/**
 * xoshiro128** 1.1 by Blackman and Vigna (2018, public domain, prng.di.unimi.it/xoshiro128starstar.c).
 * @param seed a whole number; only its lowest 32 bits count
 */
export const createRandom = (seed: number): Random => {
  const mix = splitmix32(seed)
  let [a, b, c, d] = [mix(), mix(), mix(), mix()]
  const nextUint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result
  }
  const next = (): number => nextUint32() / 2 ** 32
  return {
    next,
    shuffle: (items) => {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const pick = Math.floor(next() * (last + 1))
        const held = shuffled[last]!
        shuffled[last] = shuffled[pick]!
        shuffled[pick] = held
      }
      return shuffled
    },
  }
}
