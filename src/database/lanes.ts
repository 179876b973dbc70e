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

  /**
   * Rides on the shared lane with the least in flight, after waiting for a transaction to end where every lane has one.
   * @param send called in the same turn in which the lane was found: later it might be taken
   */
  async ride<T>(send: (lane: L) => Promise<T>): Promise<T> {
    let lane = this.#leastBusy()
    while (lane === undefined) {
      await this.#freed()
      lane = this.#leastBusy()
    }
    lane.inFlight++
    try {
      return await send(lane)
    } finally {
      lane.inFlight--
    }
  }

  /**
   * Takes a lane out of sharing while `work` has it. What was sent on it before is answered before what
   * follows, so there is no need to wait for it.
   */
  async alone<T>(work: (lane: L) => Promise<T>): Promise<T> {
    let lane = this.#leastBusy()
    while (lane === undefined) {
      await this.#freed()
      lane = this.#leastBusy()
    }
    this.#shared.splice(this.#shared.indexOf(lane), 1)
    try {
      return await work(lane)
    } finally {
      this.#giveBack(lane)
    }
  }

  #leastBusy(): L | undefined {
    let best: L | undefined
    for (const lane of this.#shared)
      if (best === undefined || lane.inFlight < best.inFlight) best = lane
    return best
  }

  /** Resolves when a lane is given back; whoever was woken before may have taken it again. */
  #freed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #giveBack(lane: L): void {
    this.#shared.push(lane)
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
