/** Shared connections: requests ride together on the least busy one, and a transaction has one for itself. */

/** One connection that several requests use at once. */
export interface Lane {
  inFlight: number
}

/** Deals out lanes. */
export class Lanes<L extends Lane> {
  readonly all: readonly L[]
  readonly #shared: L[]
  #waiting: (() => void)[] = []

  /** @param lanes at least one */
  constructor(lanes: readonly L[]) {
    this.all = lanes
    this.#shared = [...lanes]
  }

  /** The shared lane with the least in flight, or undefined while every lane has a transaction. */
  leastBusy(): L | undefined {
    let best: L | undefined
    for (const lane of this.#shared)
      if (best === undefined || lane.inFlight < best.inFlight) best = lane
    return best
  }

  /** As `leastBusy`, after waiting for a transaction to end where need be. */
  async whenShared(): Promise<L> {
    for (;;) {
      const lane = this.leastBusy()
      if (lane !== undefined) return lane
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /**
   * Takes a lane out of sharing. What was sent on it before is answered before what follows,
   * so there is no need to wait for it.
   */
  async take(): Promise<L> {
    const lane = await this.whenShared()
    this.#shared.splice(this.#shared.indexOf(lane), 1)
    return lane
  }

  /** Gives a taken lane back and wakes who waits for one. */
  giveBack(lane: L): void {
    this.#shared.push(lane)
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
