/** The tally of one window: counts answers, decides when no more requests start, and settles when all is drained. */
import type { WindowErrors, WindowReading } from '../../engine.ts'
import type { Assignment } from './assignment.ts'

export class Window implements Assignment {
  readonly finished: Promise<WindowReading>
  /** Ends the window without a reading. */
  readonly fail: (error: unknown) => void
  readonly #minRequests: number
  readonly #errors: WindowErrors = { status: 0, body: 0, socket: 0, timeout: 0 }
  readonly #cpuAtStart = process.cpuUsage()
  readonly #startNs = process.hrtime.bigint()
  readonly #settle: (reading: WindowReading) => void
  readonly #timer: NodeJS.Timeout
  #requests = 0
  #failures = 0
  #timeIsUp = false
  #active: number
  #firstError: string | undefined

  /**
   * Starts the clock.
   * @param active connections that will each call `release` once
   * @param durationMs when requests stop, if `minRequests` have been answered by then
   */
  constructor(active: number, durationMs: number, minRequests: number) {
    this.#active = active
    this.#minRequests = minRequests
    const { promise, resolve, reject } = Promise.withResolvers<WindowReading>()
    this.finished = promise
    this.#settle = resolve
    this.fail = reject
    this.#timer = setTimeout(() => {
      this.#timeIsUp = true
    }, durationMs)
  }

  /**
   * True when no further request may start. A window with a failure shows no figure,
   * so it does not go on for the sake of `minRequests`.
   */
  get over(): boolean {
    return this.#timeIsUp && (this.#requests >= this.#minRequests || this.#failures > 0)
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
    clearTimeout(this.#timer)
    this.#settle({
      requests: this.#requests,
      errors: this.#errors,
      ...(this.#firstError === undefined ? {} : { firstError: this.#firstError }),
      elapsedNs,
      generatorCpuNs: (user + system) * 1000,
    })
  }
}
