/** The Catalogue contract: all that is known of a toggle, a profile, a workload or a peer, as plain data. Members live in catalogue/. */
import type { Requirement } from '../src/toggle.ts'
import type { Effect } from './effect.ts'
import type { ToggleExpectation } from './expectations.ts'
import type { Readiness } from './peer-readiness.ts'
import type { Metric } from './result/metrics.ts'
import type { Workload } from './workload.ts'

/** One option of a toggle. */
export interface OptionFacts {
  readonly name: string
  /** In words: `a whole number from 1 to 200`. */
  readonly takes: string
  readonly default: unknown
  readonly description: string
}

/** A toggle that cannot be on beside another, and why. */
export interface Exclusion {
  readonly toggle: string
  readonly reason: string
}

/** A shipped profile in which a toggle is on. */
export interface Placement {
  readonly profile: string
  readonly options: Readonly<Record<string, unknown>>
  /** The toggle beside which this one has no effect there. */
  readonly subsumedBy: string | null
}

/**
 * What one published run says of a toggle: two contenders that differ in it alone. `comparisons` has one
 * entry for each workload and operating point, in the metric that the toggle is judged by.
 */
export interface Measured extends Effect {
  /** Whether the contender has the toggle and its base has not, or the other way round. */
  readonly way: 'added' | 'left out'
  readonly base: string
  readonly contender: string
}

/** The few lines that bring a toggle's tweak into somebody's own app. */
export interface Recipe {
  /** From the project's folder: `docs/recipes/NAME`. */
  readonly folder: string
  /** The whole app with its changed lines: each line begins with a space, `+` or `-`. */
  readonly diff: string
}

/** A toggle's page. */
export interface ToggleFacts {
  readonly name: string
  readonly summary: string
  readonly family: string
  readonly anti: boolean
  readonly options: readonly OptionFacts[]
  readonly tradeoff: string
  readonly counterpart: string | null
  readonly docs: string
  readonly requires: readonly Requirement[]
  /** In both directions, and where both would fill the same place. */
  readonly excludes: readonly Exclusion[]
  readonly subsumes: readonly string[]
  readonly subsumedBy: readonly string[]
  readonly profiles: readonly Placement[]
  readonly expectation: ToggleExpectation | null
  /** Newest first; empty where nothing has been published. */
  readonly measured: readonly Measured[]
  readonly recipe: Recipe | null
}

/** What a profile says of one toggle. */
export interface SettingFacts {
  readonly toggle: string
  /** Every option filled in; null where the toggle is switched off. */
  readonly options: Readonly<Record<string, unknown>> | null
  /** The profile that decided it, or `command line`. */
  readonly origin: string
  /** The toggle beside which this one has no effect. */
  readonly subsumedBy: string | null
}

/** A profile as it is in effect. */
export interface ProfileFacts {
  /** As asked for: `tuned`, `tuned~postgres-js`. */
  readonly name: string
  readonly description: string
  /** Itself and the profiles that it extends, nearest first. */
  readonly chain: readonly string[]
  /** What is on, and what was switched off explicitly, sorted by name. */
  readonly toggles: readonly SettingFacts[]
}

/** A workload without its stream. */
export interface WorkloadFacts extends Pick<
  Workload,
  'name' | 'summary' | 'endpoints' | 'bottleneck'
> {
  /** The metric that its verdict is given in. */
  readonly metric: Metric
}

/** One level of a peer. */
export interface PeerLevelFacts {
  /** As it is named to be measured: `gin:tuned`. */
  readonly contender: string
  readonly summary: string
  /** The most connections to the database that all its processes hold together, where it says so. */
  readonly connections: number | null
  readonly state: Readiness['state']
  /** What to do where it is not ready. */
  readonly cure: string | null
}

/** A peer's page. */
export interface PeerFacts {
  readonly name: string
  readonly language: string
  readonly framework: string
  readonly summary: string
  readonly versions: Readonly<Record<string, string>>
  /** Programs that must be there. */
  readonly requires: readonly { readonly command: string; readonly atLeast: string | null }[]
  readonly endpoints: readonly string[]
  /** Endpoints that some workload asks and it does not answer. */
  readonly lacks: readonly string[]
  /** Workloads that it takes no part in for that reason. */
  readonly leavesOut: readonly string[]
  /** Where its decisions are explained, from the project's folder; null for a folder of the user's own. */
  readonly decisions: string | null
  readonly levels: readonly PeerLevelFacts[]
}

/** What came of installing one level of a peer. */
export interface InstallOutcome {
  readonly contender: string
  /** `cannot` where a program that it needs is missing. */
  readonly state: 'installed' | 'already there' | 'cannot' | 'failed'
  /** Why it is not ready, with the cure; null where it is. */
  readonly why: string | null
}
