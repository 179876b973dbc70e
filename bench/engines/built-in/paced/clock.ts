/** Time as the pacer sees it: what it reads and how it is woken, so that tests can let it run by hand. */

/** A clock with one alarm. */
export interface Clock {
  /** Microseconds from some moment on, never set back. */
  nowUs(): number
  /**
   * Calls `wake` once, never before `atUs` and as soon after it as can be; takes the place of an alarm set before.
   * @param quiet true while nothing can come in that has to be seen at once
   */
  wakeAt(atUs: number, quiet: () => boolean, wake: () => void): void
  /** Takes the alarm back. */
  cancel(): void
}

/** How an alarm that is so far ahead is waited for. */
export type Wait =
  | { readonly by: 'none' | 'spin' }
  | { readonly by: 'timer' | 'nap'; readonly forMs: number }

// Timers fire on whole milliseconds and up to one late, so that one which is set 1.5 ms short leaves something.
const timerFromUs = 2_500
const timerMarginUs = 1_500
// A futex wakes some 0.1 ms late (50 µs of that are the kernel's timer slack), one in ten 0.25 ms where CPUs are busy.
const napFromUs = 400
const napMarginUs = 250
const wakeNow: Wait = { by: 'none' }
const spinOnce: Wait = { by: 'spin' }

/**
 * Sleeps until shortly before the time, then spins: by a timer, during which answers are read as they come; closer
 * to it by a nap, if no answer is awaited; in the last moments, or with answers awaited, by turns of the event loop.
 * An answer that comes during a timer has to wake the process first, which is in its latency, for every arm alike.
 * Spinning all the time would not mend that where cores are shared: the scheduler then holds back the one that spins.
 */
export function waitFor(leftUs: number, quiet: boolean): Wait {
  if (leftUs <= 0) return wakeNow
  if (leftUs >= timerFromUs)
    return { by: 'timer', forMs: Math.floor((leftUs - timerMarginUs) / 1000) }
  if (quiet && leftUs >= napFromUs) return { by: 'nap', forMs: (leftUs - napMarginUs) / 1000 }
  return spinOnce
}

const neverNotified = new Int32Array(new SharedArrayBuffer(4))

/** The clock of this process. */
export class ProcessClock implements Clock {
  #timer: NodeJS.Timeout | undefined
  #turn: NodeJS.Immediate | undefined
  #atUs = 0
  #quiet: () => boolean = () => false
  #wake: () => void = () => {}

  nowUs(): number {
    return performance.now() * 1000
  }

  wakeAt(atUs: number, quiet: () => boolean, wake: () => void): void {
    this.cancel()
    this.#atUs = atUs
    this.#quiet = quiet
    this.#wake = wake
    this.#watch(false)
  }

  cancel(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#turn)
  }

  #look = (): void => this.#watch(true)

  /** @param mayWake false in the call that sets the alarm: whoever is behind reads answers before it goes on */
  #watch(mayWake: boolean): void {
    const wait = waitFor(this.#atUs - this.nowUs(), this.#quiet())
    if (wait.by === 'none' && mayWake) {
      this.#wake()
      return
    }
    if (wait.by === 'timer') {
      this.#timer = setTimeout(this.#look, wait.forMs)
      return
    }
    // Blocks the whole thread and costs no CPU time; timers cannot wait for less than a millisecond.
    if (wait.by === 'nap') Atomics.wait(neverNotified, 0, 0, wait.forMs)
    this.#turn = setImmediate(this.#look)
  }
}
