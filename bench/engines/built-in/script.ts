/** Scripts against one arm: each is played on one connection, ask by ask, from the answers that come. */
import { GapwiseError } from '../../../src/errors.ts'
import type { Arm } from '../../engine.ts'
import type { Ask, Script } from '../../workload.ts'
import { Exchange } from './exchange.ts'
import { HeadMemory } from './head-memory.ts'

/** What all scripts of one arm share. */
export class Stage {
  readonly #arm: Arm
  readonly #tag: string
  readonly #heads = new Map<string, HeadMemory>()
  #played = 0

  /** @param tag what the unique texts of this arm begin with */
  constructor(arm: Arm, tag: string) {
    this.#arm = arm
    this.#tag = tag
  }

  /** A text that no other script gets; the n-th of every arm is as long as the n-th of any other. */
  unique(): string {
    return `${this.#tag}-${(this.#played++).toString(36)}`
  }

  /** Makes the request and the judge of an ask that comes once. */
  exchange(ask: Ask): Exchange {
    const kind = `${ask.request.method} ${ask.expect.status}`
    let heads = this.#heads.get(kind)
    if (heads === undefined) this.#heads.set(kind, (heads = new HeadMemory()))
    return new Exchange(this.#arm, ask, heads)
  }
}

/** A script as a step of a cycle. */
export class ScriptStep {
  readonly #stage: Stage
  readonly #script: Script

  constructor(stage: Stage, script: Script) {
    this.#stage = stage
    this.#script = script
  }

  /** Begins to play it once more. */
  open(): Play {
    return new Play(this.#stage, this.#script.script(this.#stage.unique()))
  }
}

/** One script that is being played. */
export class Play {
  readonly #stage: Stage
  readonly #asks: Generator<Ask, void, string>
  #body = ''

  constructor(stage: Stage, asks: Generator<Ask, void, string>) {
    this.#stage = stage
    this.#asks = asks
  }

  /** Keeps the body of the answer that passed, from which the next ask is made. */
  answered(body: string): void {
    this.#body = body
  }

  /**
   * What the script asks next, or undefined at its end.
   * @throws GapwiseError `internal` SCRIPT_FAILED
   */
  next(): Exchange | undefined {
    try {
      const { value } = this.#asks.next(this.#body)
      return value === undefined ? undefined : this.#stage.exchange(value)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      const found = JSON.stringify(this.#body.slice(0, 80))
      throw new GapwiseError(
        'internal',
        'SCRIPT_FAILED',
        `A workload's script expected to ask on after the body ${found}, found: ${reason}. Its check of that answer must refuse what it cannot use.`,
        { cause },
      )
    }
  }

  /** Ends it before its time. */
  end(): void {
    this.#asks.return()
  }
}
