/** Whether the stated connections are enough: capacity at twice as many must hardly be higher. */
import { atPoint, pointKey, pointOf } from '../point.ts'
import type { Gate, Raw, Warning } from '../results.ts'
import { estimateMean, exponentiate } from '../stats/interval.ts'
import { blockMeans, type RoundLogs } from '../stats/paired.ts'
import { isClientLimited, refusal } from './cautions.ts'
import type { ArmCell } from './cells.ts'
import { roundLogs } from './measures.ts'

/** Above this gain, as a share, requests per second at the stated connections are no capacity (reference of the design: 3 %). */
export const plateauLimit = 0.03

/** Twice the connections against the stated ones. */
interface Plateau {
  readonly connections: number
  /** Of requests per second. */
  readonly ratio: number
  readonly low: number
  readonly high: number
}

/** Mean of the regular rounds around one at twice the connections, so that a steady drift cancels. */
const around = (logs: readonly (number | undefined)[], round: number): number | undefined => {
  const [before, after] = [logs[round], logs[round + 1]]
  return before === undefined || after === undefined ? before : (before + after) / 2
}

/**
 * Requests per second at twice the connections / at the stated ones, of an arm over all blocks: in each round against
 * the regular rounds around it, Student t over the blocks' means.
 * @returns undefined at a fixed rate, with errors at either, where the generator was the limit, and with fewer than two blocks
 */
const plateauOf = (arm: ArmCell, { plateau = [], design }: Raw): Plateau | undefined => {
  const windows = plateau.filter(
    ({ stated, ...window }) =>
      window.contender === arm.contender &&
      window.workload === arm.workload.name &&
      pointKey({ connections: stated }) === pointKey(arm.point),
  )
  const [first] = windows
  if (first === undefined || refusal(arm) !== undefined || isClientLimited(arm)) return undefined
  const doubled: ArmCell = { ...arm, point: { connections: first.connections }, windows }
  const failed = windows.some(({ errors }) => Object.values(errors).some((count) => count > 0))
  if (failed) return undefined
  const own = roundLogs(arm, 'capacity')
  const differences: RoundLogs = roundLogs(doubled, 'capacity').map((rounds, block) =>
    rounds.map((log, round) => {
      const regular = around(own[block] ?? [], round)
      return log === undefined || regular === undefined ? undefined : log - regular
    }),
  )
  const means = blockMeans(differences)
  if (means.length < 2) return undefined
  const { value: ratio, low, high } = exponentiate(estimateMean(means, design.confidence))
  return low === undefined || high === undefined
    ? undefined
    : { connections: first.connections, ratio, low, high }
}

const holds = ({ low }: Plateau): boolean => low <= 1 + plateauLimit

const scopeOf = ({ workload, point, contender }: ArmCell) => ({
  workload: workload.name,
  ...pointOf(point),
  contender,
})

/** `1.05 (1.02 to 1.08)` */
const numbers = ({ ratio, low, high }: Plateau): string =>
  `${ratio.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`

/** The gate of an arm: its value is the gain that the interval shows at least. */
export const plateauGates = (arm: ArmCell, raw: Raw): Gate[] => {
  const plateau = plateauOf(arm, raw)
  if (plateau === undefined) return []
  return [
    {
      name: 'plateau',
      ok: holds(plateau),
      basis: 'derived',
      ...scopeOf(arm),
      value: Math.max(0, plateau.low - 1),
      limit: plateauLimit,
      detail: `with ${plateau.connections} connections ${numbers(plateau)} times the requests/s`,
    },
  ]
}

/** What a reader must know of an arm that serves more with more connections. */
export const plateauWarnings = (arm: ArmCell, raw: Raw): Warning[] => {
  const plateau = plateauOf(arm, raw)
  if (plateau === undefined || holds(plateau)) return []
  const { connections } = plateau
  return [
    {
      code: 'NO_PLATEAU',
      message:
        `${arm.contender} on ${arm.workload.name} serves ${numbers(plateau)} times as many requests/s with ${connections} ` +
        `connections as ${atPoint(arm.point)} (limit ${1 + plateauLimit}), so those are too few for a capacity: ` +
        `use --connections ${connections} or more. Cost is not affected.`,
      basis: 'derived',
      ...scopeOf(arm),
    },
  ]
}
