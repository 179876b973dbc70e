/** The Contender contract: any server under test, be it a profile of ours, a peer or a URL. */
import type { CpuMeter } from './cpu-meter.ts'
import type { Supervisor } from './supervisor.ts'

/** What a contender needs to start. */
export interface Site {
  readonly supervisor: Supervisor
  /** The contender's own database. */
  readonly databaseUrl: string
  /** The folder of PostgreSQL's unix socket, where the server has one on this machine. */
  readonly databaseSocket?: string
  /** Where the downstream services of /fanout and /checkout answer. */
  readonly upstreamUrl?: string
  /** Cores that its processes may use; all when absent. */
  readonly cores?: readonly number[]
  /** What a Node server is started with in a footprint stand, given the NODE_OPTIONS that it has of its own. */
  readonly preload?: (nodeOptions: string | undefined) => Readonly<Record<string, string>>
}

/** What a contender has on disk to run. */
export interface InstallSize {
  readonly bytes: number
  /** What was counted, in words. */
  readonly detail: string
}

/** What a start took. */
export interface StartUp {
  /** From its spawning to the first answer with status 200. */
  readonly readyMs: number
  /** CPU time of all its processes until then. */
  readonly cpuNs: number
}

/** A started and ready contender. */
export interface Running extends AsyncDisposable {
  readonly url: URL
  /** CPU time of all its processes; undefined where they are not on this machine. */
  readonly cpu: CpuMeter | undefined
  /** Absent where it was started by somebody else. */
  readonly startUp?: StartUp
  /** Its processes at this moment; absent where they are not on this machine. */
  processes?(): readonly number[]
  /**
   * Proves that the process behind `url` is the one meant: the listening socket belongs to its tree and,
   * for profiles, GET /profile answers with this run's id and the effective toggles asked for.
   * @throws GapwiseError `contender` STALE_SERVER, PROFILE_DIFFERS or CONTENDER_DIED
   */
  verifyIdentity(): Promise<void>
}

/** A server that can be measured. */
export interface Contender {
  /** As the user wrote it, normalised: `tuned`, `baseline+workers`, `express:default`, `http://127.0.0.1:3000`. */
  readonly id: string
  readonly kind: 'profile' | 'peer' | 'url'
  /** Effective toggles with their options; empty for peers and URLs. */
  readonly toggles: Readonly<Record<string, unknown>>
  /** Versions a reader needs to repeat the run: `{ node: 'v26.10.0', fastify: '5.12.8' }`. */
  readonly versions: Readonly<Record<string, string>>
  /** Names of the endpoints that it offers. */
  readonly endpoints: readonly string[]
  /** Each start is a fresh process; false for a URL, whose process-to-process variation is unseen. */
  readonly fresh: boolean
  /** Cure in a sentence when it cannot run here (toolchain missing, say), else undefined. */
  unavailable(): Promise<string | undefined>
  /**
   * Makes what has to be made before the first start (a peer's packages).
   * @param progress gets lines for stderr
   * @param signal when it aborts, what is being made is ended and does not count as made
   */
  prepare(progress: (line: string) => void, signal?: AbortSignal): Promise<void>
  /** What it needs on disk, once prepared; absent where that is not known. */
  installSize?(): Promise<InstallSize>
  /**
   * Starts it and waits until it answers.
   * @throws GapwiseError `contender` CONTENDER_START with the tail of its log
   */
  start(site: Site): Promise<Running>
}
