/** The Workload contract: a seeded stream of requests, and the check that each answer must pass. */

/** One request as the contract knows it; the engine adds Host. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What an answer must be. Every answer is checked; nothing is taken on trust under load. */
export interface Expectation {
  readonly status: number
  /** The exact body, where the contract fixes it byte by byte. */
  readonly body?: string
  /** For other bodies: what is wrong with this one in a sentence, or undefined. */
  readonly check?: (body: string) => string | undefined
  /**
   * The same request always gets the same bytes from one contender (key order and escapes may differ
   * between contenders): the first body that passes `check` is kept, later ones are compared with it.
   */
  readonly deterministic?: boolean
  /** Headers that the answer must have, names in lower case; a string must match exactly. */
  readonly headers?: Readonly<Record<string, string | RegExp>>
}

/** One request and what its answer must be. */
export interface Ask {
  readonly request: Request
  readonly expect: Expectation
}

/** Requests of one connection that follow from one another: each next one is made from the answer before. */
export interface Script {
  /**
   * @param unique text of a few lower-case letters, digits and `-` that no other script of this run gets
   * @returns yields what to ask and is given the body that came back; a failed answer ends it
   */
  script(unique: string): Generator<Ask, void, string>
}

/** One step of a workload's stream. */
export type Step = Ask | Script

/** What one request does to the database at least, so that answers made up without it are noticed. */
export interface DatabaseTruth {
  readonly table: string
  readonly counter: 'read' | 'inserted' | 'updated' | 'deleted'
  /** Rows. */
  readonly perRequest: number
  /** How many of the stream's requests do it, from 0 to 1; all when absent. */
  readonly share?: number
}

/** A seeded stream of requests to endpoints. */
export interface Workload {
  /** kebab-case, equals the file name. */
  readonly name: string
  /** One sentence: what a request does. */
  readonly summary: string
  /** The endpoints that a contender must offer to be measured with it, by name. */
  readonly endpoints: readonly string[]
  /** Who is expected to be busy when the workload saturates: named, not assumed (DESIGN 5). */
  readonly bottleneck: 'server' | 'database'
  /** Changes rows. */
  readonly writes?: true
  /** Compared with the database's own counters; for endpoints that no cache may answer. */
  readonly truth?: readonly DatabaseTruth[]
  /** Where scripts make it more than one: the requests of the cycle divided by its steps. */
  readonly requestsPerStep?: number
  /** A cycle of steps; every contender gets the same cycle for the same seed. */
  steps(seed: number): readonly Step[]
}
