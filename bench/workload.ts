/** The Workload contract: a seeded stream of requests, and the check that each answer must pass. */

/** One request as the contract knows it; the engine adds Host. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What an answer must be. `body` is compared byte by byte, `check` is called with the body. */
export interface Expectation {
  readonly status: number
  /** The exact body, where it is deterministic. */
  readonly body?: string
  /** For other bodies: what is wrong with this one, or undefined. Called on every answer unless `every` is set. */
  readonly check?: (body: string) => string | undefined
  /** Call `check` on every n-th answer only (status and framing are checked on all). */
  readonly every?: number
}

/** One step of a workload's stream. */
export interface Step {
  readonly request: Request
  readonly expect: Expectation
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
  /** A cycle of steps; every contender gets the same cycle for the same seed. */
  steps(seed: number): readonly Step[]
}
