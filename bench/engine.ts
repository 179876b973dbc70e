/** The Engine contract: what sends load. An engine runs in a process of its own, never in the bench's. */
import type { Workload } from './workload.ts'

/** One server under load, as an engine sees it. */
export interface Arm {
  readonly id: string
  readonly url: URL
}

/** What to do in one window: drive one arm with one workload, closed loop, then drain. */
export interface WindowOrder {
  readonly arm: string
  readonly workload: string
  /** Requests in flight: one per connection, never pipelined. */
  readonly connections: number
  /** No request starts after this long, once `minRequests` have been answered. */
  readonly durationMs: number
  /** A slow arm goes on past `durationMs` until this many answers are in. */
  readonly minRequests: number
}

/** What went wrong in a window; such answers are never counted as requests. */
export interface WindowErrors {
  /** Answers with a status that the workload does not allow. */
  status: number
  /** Answers whose body or headers failed the workload's check. */
  body: number
  /** Connections refused, reset or closed in mid-answer. */
  socket: number
  /** Requests with no answer within the engine's time limit. */
  timeout: number
}

/** What an engine saw in one window. */
export interface WindowReading {
  /** Answers that passed the workload's check. */
  readonly requests: number
  readonly errors: WindowErrors
  /** The first failure in words, for the message to the user. */
  readonly firstError?: string
  /** From the first request's start to the last answer's end, in nanoseconds. */
  readonly elapsedNs: number
  /** CPU time that the engine itself used in the window, in nanoseconds. */
  readonly generatorCpuNs: number
}

/** Open connections to every arm, ready for windows in any order. */
export interface Load extends AsyncDisposable {
  /** The generator's process, where one stays for all windows. */
  readonly pid: number | undefined
  /**
   * Runs one window; windows must not overlap.
   * @throws GapwiseError `internal` GENERATOR_DIED; `usage` ENGINE_UNSUPPORTED
   */
  window(order: WindowOrder): Promise<WindowReading>
}

/** What an engine may be told when it starts. */
export interface OpenOptions {
  /** Cores that the generator may use; all when absent. */
  readonly cores?: readonly number[]
}

/** A way to send load. */
export interface Engine {
  readonly name: string
  /** The version as a person would quote it, kept in the result file. */
  version(): Promise<string>
  /** A sentence with the cure when the engine cannot run here, else undefined. */
  unavailable(): Promise<string | undefined>
  /** A sentence with the cure when the engine cannot play this workload, else undefined; absent when it can all. */
  refuses?(workload: Workload, seed: number): string | undefined
  /**
   * Starts the generator.
   * @param arms every server that windows will name
   * @param seed fixes each workload's stream of requests; the same for every arm
   * @throws GapwiseError `usage` ENGINE_UNSUPPORTED for an address that it cannot load
   */
  open(arms: readonly Arm[], seed: number, options?: OpenOptions): Promise<Load>
}
