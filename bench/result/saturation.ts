/** Whether requests per second were the server's limit, and where the database may be, who was busiest. */
import { atPoint, pointOf } from '../point.ts'
import type { Gate, Warning, Window } from '../results.ts'
import type { ArmCell } from './cells.ts'

/** Below this share of its cores a server waits for something else, and its requests per second are not its capacity. */
export const saturationLimit = 0.9

/** PostgreSQL may run on the contender's core too, and then neither can use the whole of it. */
const hasCoreToItself = ({ workload }: ArmCell): boolean =>
  workload.bottleneck === 'server' && !workload.database

/** Cores in use on average over an arm's windows; undefined where one of them does not know. */
const coresUsed = (
  windows: readonly Window[],
  of: (window: Window) => number | null,
): number | undefined => {
  let usedNs = 0
  let elapsedNs = 0
  for (const window of windows) {
    const cpuNs = of(window)
    if (cpuNs === null) return undefined
    usedNs += cpuNs
    elapsedNs += window.elapsedNs
  }
  return elapsedNs > 0 ? usedNs / elapsedNs : undefined
}

/**
 * Share of its cores that the contender used in the windows of an arm, above 1 where helper threads run on others.
 * Undefined where it is not known, for workloads that reach the database, and at a fixed rate, where a server has
 * room to wait.
 */
export const saturationOf = (arm: ArmCell): number | undefined => {
  const { cores, windows, paced } = arm
  if (!hasCoreToItself(arm) || cores === undefined || paced !== undefined) return undefined
  const used = coresUsed(windows, ({ cpuNs }) => cpuNs)
  return used === undefined ? undefined : used / cores
}

/** Whether the arm's requests per second were set by something else than the server. */
export const isUnsaturated = (arm: ArmCell): boolean => {
  const share = saturationOf(arm)
  return share !== undefined && share < saturationLimit
}

const scopeOf = ({ workload, point, contender }: ArmCell) => ({
  workload: workload.name,
  ...pointOf(point),
  contender,
})

/** `database 1.05 cores, contender 0.59, generator 0.05`, the busiest first. */
const busiestFirst = ({ workload, windows, generatorShare }: ArmCell): string =>
  [
    { who: 'contender', cores: coresUsed(windows, ({ cpuNs }) => cpuNs) },
    ...(workload.database
      ? [{ who: 'database', cores: coresUsed(windows, ({ databaseCpuNs }) => databaseCpuNs) }]
      : []),
    { who: 'generator', cores: generatorShare },
  ]
    .toSorted((one, other) => (other.cores ?? -1) - (one.cores ?? -1))
    .map(({ who, cores }, index) =>
      cores === undefined
        ? `${who} unknown`
        : `${who} ${cores.toFixed(2)}${index === 0 ? ' cores' : ''}`,
    )
    .join(', ')

/** `saturated` for workloads that the server limits; for those that reach the database `busiest`, which names and never fails. */
export const saturationGates = (arm: ArmCell): Gate[] => {
  if (!hasCoreToItself(arm))
    return [
      {
        name: 'busiest',
        ok: true,
        basis: 'derived',
        ...scopeOf(arm),
        detail: busiestFirst(arm),
      },
    ]
  const value = saturationOf(arm)
  if (value === undefined) return []
  return [
    {
      name: 'saturated',
      ok: !isUnsaturated(arm),
      basis: 'derived',
      ...scopeOf(arm),
      value,
      limit: saturationLimit,
    },
  ]
}

/** What a reader must know of an arm that was not at its limit. */
export const saturationWarnings = (arm: ArmCell): Warning[] => {
  const share = saturationOf(arm)
  if (share === undefined || !isUnsaturated(arm)) return []
  const { workload, point, contender, cores } = arm
  return [
    {
      code: 'NOT_SATURATED',
      message:
        `${contender} used ${Math.round(share * 100)} % of its ${cores === 1 ? 'core' : `${cores} cores`} on ${workload.name} ` +
        `${atPoint(point)} (limit ${saturationLimit * 100} %), so its requests/s there are not its capacity: ` +
        `it waited for requests (${busiestFirst(arm)}). Cost is not affected.`,
      basis: 'derived',
      ...scopeOf(arm),
    },
  ]
}
