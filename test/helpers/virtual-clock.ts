/** A clock that is moved on by hand, from one event to the next: a thousand seconds take no time. */
import type { Clock } from '../../bench/engines/built-in/paced/clock.ts'

interface Event {
  readonly atUs: number
  readonly run: () => void
}

export class VirtualClock implements Clock {
  readonly #events = new Set<Event>()
  readonly #oversleepUs: (alarm: number) => number
  #nowUs = 0
  #alarm: Event | undefined
  #alarms = 0

  /** @param oversleepUs how late the n-th alarm wakes, from 0: a generator that does not keep up */
  constructor(oversleepUs: (alarm: number) => number = () => 0) {
    this.#oversleepUs = oversleepUs
  }

  nowUs(): number {
    return this.#nowUs
  }

  wakeAt(atUs: number, _quiet: () => boolean, wake: () => void): void {
    this.cancel()
    const dueUs = Math.max(this.#nowUs, atUs) + this.#oversleepUs(this.#alarms++)
    this.#alarm = this.after(dueUs - this.#nowUs, wake)
  }

  cancel(): void {
    if (this.#alarm !== undefined) this.#events.delete(this.#alarm)
  }

  /** Lets something happen in so many microseconds. */
  after(delayUs: number, run: () => void): Event {
    const event = { atUs: this.#nowUs + delayUs, run }
    this.#events.add(event)
    return event
  }

  /** Lets everything happen, in the order of time, until nothing more is to come or `untilUs` is reached. */
  run(untilUs = Number.POSITIVE_INFINITY): void {
    for (;;) {
      let first: Event | undefined
      for (const event of this.#events)
        if (first === undefined || event.atUs < first.atUs) first = event
      if (first === undefined || first.atUs > untilUs) return
      this.#events.delete(first)
      this.#nowUs = first.atUs
      first.run()
    }
  }
}
