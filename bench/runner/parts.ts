/** What the runner works with and what it tells: all of it is given, so that tests replace it. */
import type { Contender, Running } from '../contender.ts'
import type { VerifyOptions } from '../contract.ts'
import type { CpuMeter } from '../cpu-meter.ts'
import type { DatabaseWatch, TrialFaults } from '../database-state.ts'
import type { Engine, Load } from '../engine.ts'
import type { MachineClock } from '../machine-time.ts'
import type { Place } from '../place.ts'
import type { CellPlan, Plan } from '../plan.ts'
import type { StandOrder } from '../footprint.ts'
import type {
  Capacity,
  FootprintStand,
  FootprintStart,
  PlateauWindow,
  Probe,
  Quiet,
  Warmup,
  Window,
} from '../results.ts'
import type { ServerProcess } from '../services/postgres/processes.ts'
import type { Finding } from '../truth.ts'
import type { Workload } from '../workload.ts'
import type { OnAnswers } from './drive.ts'

/** What is happening, for the progress line. */
export interface Moment {
  readonly block: number
  readonly doing: string
  readonly elapsedMs: number
}

/** What a finished block leaves. */
export interface BlockRecord {
  readonly windows: readonly Window[]
  /** At twice the connections. */
  readonly plateau: readonly PlateauWindow[]
  readonly warmups: readonly Warmup[]
  /** Of a study, or of rates that are shares of it. */
  readonly capacities: readonly Capacity[]
  /** Of a study. */
  readonly probes: readonly Probe[]
  /** What else the machine did meanwhile, where it tells. */
  readonly quiet: readonly Quiet[]
  /** What each start of a contender took, and its memory after the load. */
  readonly starts: readonly FootprintStart[]
  /** What the footprint stands have shown; none unless they were asked for. */
  readonly stands: readonly FootprintStand[]
  /** What its databases had to say. */
  readonly findings: readonly Finding[]
  /** By trial and contender, what of the databases' state was not as it must be; none where it was not asked for. */
  readonly databaseFaults: readonly TrialFaults[]
}

/** Everything that the loop works with; tests replace all of it. */
export interface RunParts {
  readonly plan: Plan
  readonly contenders: readonly Contender[]
  /** Those of the plan, with what they need and owe. */
  readonly workloads: readonly Pick<Workload, 'name' | 'endpoints' | 'truth'>[]
  readonly engine: Engine
  /** Makes the place where a contender starts, a new one for each start. */
  openPlace(contender: Contender): Promise<Place>
  /** Cores of the generator; all when absent. */
  readonly generatorCores?: readonly number[]
  /** CPU of the database that the places point to. */
  readonly databaseCpu: CpuMeter | undefined
  /** The database's processes by whose work they do; all of its CPU is the driven arm's where that is absent. */
  readonly databaseProcesses?: () => readonly ServerProcess[]
  /** CPU of the downstream services that the places point to. */
  readonly upstreamCpu: CpuMeter | undefined
  /** How the databases are asked for their state; they are not when absent. */
  readonly databaseWatch?: DatabaseWatch
  /** The whole machine's CPU time; nothing is known of its quiet when absent. */
  readonly machineClock?: MachineClock
  /** Looks at a contender's footprint in processes that are not measured; absent where that was not asked for. */
  readonly footprint?: (order: StandOrder) => Promise<FootprintStand>
  /** What breaks the contract, one line each. */
  verify(url: URL, endpoints: readonly string[], options: VerifyOptions): Promise<readonly string[]>
  /** Keeps a finished block; says whether the intervals are as narrow as was asked for. */
  record(block: BlockRecord): Promise<{ readonly preciseEnough: boolean }>
  readonly signal: AbortSignal
  onMoment(moment: Moment): void
  /** A clock that only moves forward, in milliseconds. */
  readonly now: () => number
}

/** One cell of one block. */
export interface CellWork {
  readonly block: number
  readonly cell: CellPlan
  readonly running: ReadonlyMap<string, Running>
  /** Names of the contenders' own databases. */
  readonly databases: ReadonlyMap<string, string>
  readonly load: Load
  /** When the run began, by the parts' clock. */
  readonly startedMs: number
  readonly onAnswers: OnAnswers
  readonly tell: (doing: string) => void
}

/** What a cell leaves. */
export type CellRecord = Pick<
  BlockRecord,
  'windows' | 'plateau' | 'warmups' | 'capacities' | 'probes'
>

/** Several taken together, in their order. */
export const joined = (records: readonly CellRecord[]): CellRecord => ({
  windows: records.flatMap(({ windows }) => windows),
  plateau: records.flatMap(({ plateau }) => plateau),
  warmups: records.flatMap(({ warmups }) => warmups),
  capacities: records.flatMap(({ capacities }) => capacities),
  probes: records.flatMap(({ probes }) => probes),
})
