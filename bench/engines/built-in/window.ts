/** The tally of one window: counts answers, decides when no more requests start, and settles when all is drained. */
import type { WindowErrors, WindowOrder, WindowReading } from '../../engine.ts'
import type { Assignment } from './assignment.ts'

export class Window implements Assignment {
  readonly finished: Promise<WindowReading>
  /** Ends the window without a reading. */
  readonly fail: (error: unknown) => void
  readonly #minRequests: number
  readonly #fillRequests: number
  readonly #errors: WindowErrors = { status: 0, body: 0, socket: 0, timeout: 0 }
  readonly #cpuAtStart = process.cpuUsage()
  readonly #startNs = process.hrtime.bigint()
  readonly #settle: (reading: WindowReading) => void
  readonly #timers: readonly NodeJS.Timeout[]
  #requests = 0
  #failures = 0
  #timeIsUp = false
  #fillIsUp = false
  #active: number
  #firstError: string | undefined

  /**
   * Starts the clock.
   * @param active connections that will each call `release` once
   * @param order when requests stop: after `durationMs`, if enough have been answered by then
   */
  constructor(
    active: number,
    { durationMs, minRequests, fill }: Pick<WindowOrder, 'durationMs' | 'minRequests' | 'fill'>,
  ) {
    this.#active = active
    this.#minRequests = minRequests
    this.#fillRequests = fill?.requests ?? 0
    const { promise, resolve, reject } = Promise.withResolvers<WindowReading>()
    this.finished = promise
    this.#settle = resolve
    this.fail = reject
    const after = (delayMs: number, then: () => void) => setTimeout(then, delayMs)
    this.#timers = [
      after(durationMs, () => (this.#timeIsUp = true)),
      after(Math.max(durationMs, fill?.untilMs ?? 0), () => (this.#fillIsUp = true)),
    ]
  }

  /**
   * True when no further request may start. A window with a failure shows no figure,
   * so it does not go on for the sake of more answers.
   */
  get over(): boolean {
    if (!this.#timeIsUp) return false
    if (this.#failures > 0) return true
    return (
      this.#requests >= this.#minRequests &&
      (this.#requests >= this.#fillRequests || this.#fillIsUp)
    )
  }

  /** One answer passed. */
  passed(): void {
    this.#requests++
  }

  /** One request failed. */
  failed(kind: keyof WindowErrors, reason: string): void {
    this.#errors[kind]++
    this.#failures++
    this.#firstError ??= reason
  }

  /** A connection has nothing in flight and starts no more; the last one ends the window. */
  release(): void {
    this.#active--
    if (this.#active > 0) return
    const elapsedNs = Number(process.hrtime.bigint() - this.#startNs)
    const { user, system } = process.cpuUsage(this.#cpuAtStart)
    for (const timer of this.#timers) clearTimeout(timer)
    this.#settle({
      requests: this.#requests,
      errors: this.#errors,
      ...(this.#firstError === undefined ? {} : { firstError: this.#firstError }),
      elapsedNs,
      generatorCpuNs: (user + system) * 1000,
    })
  }
}
