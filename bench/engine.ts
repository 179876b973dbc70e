/** The Engine contract: what sends load. An engine runs in a process of its own, never in the bench's. */
import type { HistogramRecord } from './stats/histogram.ts'
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
  /** More answers that are worth waiting for; engines whose windows are longer than that anyway ignore it. */
  readonly fill?: WindowFill
}

/** A window in which few answers are in after its time goes on for so many, but not beyond `untilMs` for their sake. */
export interface WindowFill {
  readonly requests: number
  readonly untilMs: number
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

/** What to do in one paced window: send to one arm at a constant rate whatever it does (open loop), then drain. */
export interface PacedOrder {
  readonly arm: string
  readonly workload: string
  /** The bound of the pool: no more requests are in flight, one per connection; all are opened before. */
  readonly connections: number
  /** Request i is meant to be sent at start + i / rate. */
  readonly ratePerSecond: number
  /** No request is meant to be sent later than this. */
  readonly durationMs: number
  /**
   * How many requests may wait in the client for an idle connection; those beyond are dropped and counted.
   * One second's worth of the rate, at least 100, when absent.
   */
  readonly queueBound?: number
}

/**
 * What an engine saw in one paced window: planned = sent + dropped, and sent = requests + all errors.
 * Nothing is filled in for requests that were not sent (no back-filling).
 */
export interface PacedReading {
  /** Requests that the schedule held. */
  readonly planned: number
  readonly sent: number
  /** Answers that passed the workload's check: only these are samples of latency and service. */
  readonly requests: number
  readonly errors: WindowErrors
  readonly firstError?: string
  /** Sent more than 1 ms after the intended time. */
  readonly late: number
  /** Of those, the ones for which a connection was idle: the generator's doing, not the server's. */
  readonly lateAlthoughIdle: number
  /** Never sent: the client's queue was full, or they still waited a second after the window's end, or it was cut short. */
  readonly dropped: number
  /** The achieved rate: requests sent before the window's end, per second of its duration. */
  readonly sentPerSecond: number
  /** From the first intended time to the last answer's end, in nanoseconds. */
  readonly elapsedNs: number
  /** From the intended time to the end of the answer's check: what a user would have waited. */
  readonly latency: HistogramRecord
  /** From the actual start to the end of the answer's check; where it had to be opened, the connection is in it. */
  readonly service: HistogramRecord
  /** From the intended time to the actual start, waiting for an idle connection included; of all that were sent. */
  readonly lag: HistogramRecord
  /** CPU time that the engine itself used, spinning before sends included, in nanoseconds. */
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
  /**
   * Runs one paced window; must not overlap with another window. Absent where the engine cannot pace.
   * The k-th request sent in a window is the same for every arm; in workloads of scripts (users-crud) an answer
   * decides what may be asked next, so there only the mix is the same.
   * @throws GapwiseError `internal` GENERATOR_DIED
   */
  paced?(order: PacedOrder): Promise<PacedReading>
}

/** What an engine may be told when it starts. */
export interface OpenOptions {
  /** Cores that the generator may use; all when absent. */
  readonly cores?: readonly number[]
  /**
   * The generator runs only when nobody else would. At a rate it waits for answers by spinning, and a database that
   * is woken on its core would have to wait for it: 1 to 3 ms for one answer in ten. Its own lag grows, which is taken off
   * latency. In a closed loop its speed is a part of what is measured, so there it takes its share.
   */
  readonly givesWay?: boolean
}

/** A way to send load. */
export interface Engine {
  readonly name: string
  /** The version as a person would quote it, kept in the result file. */
  version(): Promise<string>
  /** A sentence with the cure when the engine cannot run here, else undefined. */
  unavailable(): Promise<string | undefined>
  /** The shortest window that it can take, where that is longer than usual ones. */
  readonly leastWindowMs?: number
  /** Whether its loads have `paced`, so that it can keep a fixed rate. */
  readonly paces: boolean
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
