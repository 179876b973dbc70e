/** Where one connection is in its cycle: which request comes next. */
import { Exchange } from './exchange.ts'
import type { Play, ScriptStep } from './script.ts'

/** A workload's steps against one arm. */
export type Cycle = readonly (Exchange | ScriptStep)[]

/** A cycle and where in it the next new step stands; its own for each connection, or one that many share. */
export class RequestStream {
  readonly cycle: Cycle
  #cursor: number

  constructor(cycle: Cycle, cursor: number) {
    this.cycle = cycle
    this.#cursor = cursor
  }

  /** The step at the cursor, which moves on, from the end back to the start. */
  take(): Cycle[number] {
    const step = this.cycle[this.#cursor]
    if (step === undefined) throw new RangeError('The cursor stands outside of the cycle')
    this.#cursor = this.#cursor + 1 === this.cycle.length ? 0 : this.#cursor + 1
    return step
  }
}

export class Walker {
  #stream = new RequestStream([], 0)
  /** The script that is being played. */
  #play: Play | undefined

  /**
   * Takes its steps from here on. A script of this cycle that was cut by the end of the window before goes on first:
   * if each window began scripts anew, the fewer requests an arm answers in a window, the more of them would be
   * first asks, and a slow arm would be measured on another mix than a fast one.
   */
  follow(stream: RequestStream): void {
    if (stream.cycle !== this.#stream.cycle) this.endScript()
    this.#stream = stream
  }

  /**
   * What the script in play asks next, else the next step of the stream.
   * @throws GapwiseError `internal` SCRIPT_FAILED
   */
  next(): Exchange {
    const next = this.#play?.next()
    if (next !== undefined) return next
    this.#play = undefined
    const step = this.#stream.take()
    if (step instanceof Exchange) return step
    this.#play = step.open()
    const first = this.#play.next()
    if (first === undefined) throw new RangeError('A script asks nothing')
    return first
  }

  /** The answer passed: a script goes on from it. */
  passed(exchange: Exchange): void {
    this.#play?.answered(exchange.text)
  }

  /** Ends the script in play, if there is one: its next ask cannot be made. */
  endScript(): void {
    this.#play?.end()
    this.#play = undefined
  }
}
