/** A look at how many calls are under way at the same time: while it lasts, their answers wait for one another. */
import type { ServerResponse } from 'node:http'

/** Longer than a contender waits for a service. Nothing is held for ever, whatever becomes of who began the look. */
const longestMs = 2000

interface Held {
  readonly name: string
  readonly send: () => void
}

/** Counts by names, not by a clock: on a slow machine calls that are made at once still meet. */
export class Gathering {
  readonly #names: number
  readonly #held = new Map<ServerResponse, Held>()
  readonly #timer: NodeJS.Timeout
  #most = 0
  #isOpen = true

  /** @param names how many different calls are to meet */
  constructor(names: number) {
    this.#names = names
    this.#timer = setTimeout(() => this.end(), longestMs).unref()
  }

  /** False once all have met, or nobody waits for them any more: then no call is held. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /**
   * Holds a call back until all have met or the look ends; one that its client gives up counts no longer.
   * @param send answers the call
   */
  hold(response: ServerResponse, name: string, send: () => void): void {
    this.#held.set(response, { name, send })
    response.once('close', () => this.#held.delete(response))
    const together = new Set(Array.from(this.#held.values(), (each) => each.name)).size
    this.#most = Math.max(this.#most, together)
    if (together === this.#names) this.end()
  }

  /**
   * Answers what is held.
   * @returns how many different calls were under way at the same time, at most
   */
  end(): number {
    clearTimeout(this.#timer)
    this.#isOpen = false
    for (const { send } of this.#held.values()) send()
    this.#held.clear()
    return this.#most
  }
}
