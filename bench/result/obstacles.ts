/** What stands against comparing two runs, and what of their contenders has changed. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type { Result } from '../results.ts'

/** Something that makes two runs no fair comparison, or that a reader must know. */
export interface RunDifference {
  /** `cores`, `node` … */
  readonly what: string
  readonly old: string
  readonly new: string
}

type Facts = Readonly<Record<string, unknown>>

/** What two runs are compared by before their numbers are. */
export type Grounds = Pick<Result, 'environment' | 'design' | 'contenders'>

const shown = (value: unknown): string =>
  value === undefined ? 'unknown' : typeof value === 'string' ? value : JSON.stringify(value)

/** Every fact that is another in the later one. */
export const differing = (old: Facts, later: Facts): RunDifference[] =>
  Object.keys({ ...old, ...later }).flatMap((what) => {
    const [before, after] = [old[what], later[what]]
    return isDeepStrictEqual(before, after) ? [] : [{ what, old: shown(before), new: shown(after) }]
  })

/** What has to be alike: the machine, the versions beneath the contenders, and how the numbers were taken. */
const groundsOf = ({ environment, design, contenders }: Grounds, shared: Shared): Facts => {
  const { cpu, cores, arch, kernel, governor, memoryBytes, coreBudget, node } = environment
  const { database, engine } = environment
  return {
    cpu,
    cores,
    arch,
    kernel,
    governor,
    memory: memoryBytes,
    'core budget': coreBudget,
    node,
    ...Object.fromEntries(
      shared.contenders.map((id) => [
        `node of ${id}`,
        contenders.find((each) => each.id === id)?.versions['node'],
      ]),
    ),
    database: database === undefined ? undefined : `${database.version} (${database.origin})`,
    'database settings': database?.settings,
    'load by': `${engine.name} ${engine.version}`,
    connections: design.connections,
    'window ms': design.windowMs,
    rounds: design.rounds,
    'warm-up ms': design.warmupMs,
    'upstream latency ms': design.upstreamLatencyMs,
    confidence: design.confidence,
    ...Object.fromEntries(
      shared.workloads.map((name) => [
        `workload ${name}`,
        design.workloads.find((each) => each.name === name),
      ]),
    ),
  }
}

interface Shared {
  readonly contenders: readonly string[]
  readonly workloads: readonly string[]
}

const inBoth = (one: readonly string[], other: readonly string[]): string[] =>
  one.filter((each) => other.includes(each))

/** A tree with changes that no commit has: what ran cannot be had again. */
const dirtyTrees = (old: Grounds, later: Grounds): RunDifference[] => {
  const stateOf = ({ environment: { git } }: Grounds): string =>
    git === undefined
      ? 'no checkout'
      : `${git.commit.slice(0, 12)}${git.dirty ? ' with changes' : ''}`
  const isDirty = [old, later].some(({ environment }) => environment.git?.dirty === true)
  return isDirty ? [{ what: 'tree', old: stateOf(old), new: stateOf(later) }] : []
}

const sharedBy = (old: Grounds, later: Grounds): Shared => ({
  contenders: inBoth(
    later.contenders.map(({ id }) => id),
    old.contenders.map(({ id }) => id),
  ),
  workloads: inBoth(
    later.design.workloads.map(({ name }) => name),
    old.design.workloads.map(({ name }) => name),
  ),
})

/**
 * What stands against comparing two runs: machine, versions of Node and the database, design, and trees with
 * uncommitted changes. The limit of "same" is no part of it, because it judges and does not measure. Neither are the
 * number of blocks, other contenders and other workloads: Welch's test takes any number of blocks, and each workload
 * has processes of its own.
 */
export const obstacles = (old: Grounds, later: Grounds): RunDifference[] => [
  ...groundDifferences(old, later),
  ...dirtyTrees(old, later),
]

/** Machine, versions beneath the contenders, and design. */
export const groundDifferences = (old: Grounds, later: Grounds): RunDifference[] => {
  const shared = sharedBy(old, later)
  return differing(groundsOf(old, shared), groundsOf(later, shared))
}

/** What of the contenders themselves is another: that may be what is asked for. */
export const contenderChanges = (old: Grounds, later: Grounds): RunDifference[] =>
  sharedBy(old, later).contenders.flatMap((id) => {
    const factsOf = ({ contenders }: Grounds): Facts => {
      const { toggles = {}, versions = {} } = contenders.find((each) => each.id === id) ?? {}
      const { node: _told, ...others } = versions
      return { [`toggles of ${id}`]: toggles, [`versions of ${id}`]: others }
    }
    return differing(factsOf(old), factsOf(later))
  })
