/** Asks the databases of a trial whether they are as they must be, where its workload reaches them. */
import {
  checkpointFault,
  checkpointsBetween,
  faultsAfter,
  faultsBefore,
  type Checkpoints,
  type TrialFaults,
} from '../database-state.ts'
import { usesDatabase } from '../expectations.ts'
import type { RunParts } from './parts.ts'
import type { Stand } from './stands.ts'

/** Whose trial it is. */
export interface WatchedTrial {
  readonly block: number
  readonly workload: string
}

/** What is asked around one trial; it keeps what it finds. */
export interface TrialWatch {
  /** When all databases are made and no server has started. */
  before(stands: readonly Pick<Stand, 'contender' | 'place'>[]): Promise<void>
  /** Begins before a cell; ends after it and tells the checkpoints in between. */
  cell(): Promise<() => Promise<Pick<Checkpoints, 'timed' | 'requested'> | undefined>>
  /** When all servers are stopped. */
  after(stands: readonly Pick<Stand, 'contender' | 'place'>[]): Promise<void>
  /** What was found; undefined where nothing was asked. */
  found(): readonly TrialFaults[] | undefined
}

const nothing: TrialWatch = {
  before: async () => {},
  cell: async () => async () => undefined,
  after: async () => {},
  found: () => undefined,
}

/** Opens the watch on a trial; it asks nothing for workloads that do not reach the database. */
export function watchTrial(
  { workloads, databaseWatch: watch }: Pick<RunParts, 'workloads' | 'databaseWatch'>,
  trial: WatchedTrial,
): TrialWatch {
  const workload = workloads.find(({ name }) => name === trial.workload)
  if (watch === undefined || workload === undefined || !usesDatabase(workload)) return nothing
  const found: TrialFaults[] = []
  /** One database after the other, so that no session of ours is a stranger to another. */
  const each = async (
    stands: readonly Pick<Stand, 'contender' | 'place'>[],
    ask: (databaseUrl: string) => Promise<TrialFaults['faults']>,
  ): Promise<void> => {
    for (const { contender, place } of stands)
      if (place.databaseUrl !== undefined)
        found.push({ ...trial, contender: contender.id, faults: await ask(place.databaseUrl) })
  }
  return {
    before: (stands) =>
      each(stands, async (url) => faultsBefore(await watch.before(url), watch.expected)),
    async cell() {
      const before = await watch.checkpoints()
      return async () => {
        const checkpoints = checkpointsBetween(before, await watch.checkpoints())
        if (checkpoints !== undefined)
          found.push({ ...trial, faults: [checkpointFault(checkpoints)] })
        return checkpoints
      }
    },
    after: (stands) => each(stands, async (url) => faultsAfter(await watch.after(url))),
    found: () => found,
  }
}
