/** The client's queue: the intended times of requests that found no idle connection, first in, first out. */
export class TimeQueue {
  readonly #timesUs: Float64Array
  #first = 0
  #length = 0

  /** @param bound how many it may hold */
  constructor(bound: number) {
    this.#timesUs = new Float64Array(bound)
  }

  get length(): number {
    return this.#length
  }

  /** @returns false when it is full and the time was not taken */
  push(timeUs: number): boolean {
    const bound = this.#timesUs.length
    if (this.#length === bound) return false
    this.#timesUs[(this.#first + this.#length++) % bound] = timeUs
    return true
  }

  /** The time that has waited longest, or undefined. */
  shift(): number | undefined {
    if (this.#length === 0) return undefined
    const timeUs = this.#timesUs[this.#first]
    this.#first = (this.#first + 1) % this.#timesUs.length
    this.#length--
    return timeUs
  }

  /** Empties it. */
  clear(): void {
    this.#length = 0
  }
}
