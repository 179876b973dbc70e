/** What a connection works for: a window of the closed loop, or one request of a paced window. */
import type { WindowErrors } from '../../engine.ts'

export interface Assignment {
  /** True when the connection may start no further request. */
  readonly over: boolean
  /** One answer passed. */
  passed(): void
  /** One request failed. */
  failed(kind: keyof WindowErrors, reason: string): void
  /** Ends the whole window without a reading. */
  fail(error: unknown): void
  /** The connection has nothing in flight and is free for another assignment. */
  release(): void
}
