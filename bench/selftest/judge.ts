/** What a selftest plants, and whether the bench found it. Pure. */
import type { Metric } from '../result/metrics.ts'
import type { Comparison } from '../results.ts'
import type { Amounts, PlantKind } from './planted.ts'

/** One thing that is planted, and where it should show. */
export interface Plant {
  readonly kind: PlantKind
  readonly metric: Extract<Metric, 'cost' | 'capacity'>
  readonly connections: number
  /** How much more each request takes, as a share of what it takes without: CPU time for cost, time for capacity. */
  readonly share: number
}

/** Few, so that requests/s are set by how long a request takes: with many, waiting is hidden by the others. */
export const fewConnections = 2
export const manyConnections = 32

/**
 * Three percent is the smallest loss that is worth a hunt. What waits is planted larger, because requests/s at few
 * connections vary more than cost.
 */
export const plants: readonly Plant[] = [
  { kind: 'nothing', metric: 'cost', connections: manyConnections, share: 0 },
  { kind: 'cpu', metric: 'cost', connections: manyConnections, share: 0.03 },
  { kind: 'memory', metric: 'cost', connections: manyConnections, share: 0.03 },
  { kind: 'waiting', metric: 'capacity', connections: fewConnections, share: 0.1 },
]

const shareOf = (kind: PlantKind): number => plants.find((each) => each.kind === kind)?.share ?? 0

/** What a server without a load does, measured first. */
export interface Unplanted {
  /** CPU time per request with many connections. */
  readonly costNs: number
  /** Requests per second with few connections. */
  readonly capacity: number
}

/** The amounts that make the shares, from what a request takes without them. */
export const amountsFor = ({ costNs, capacity }: Unplanted): Amounts => {
  const requestMs = (fewConnections / capacity) * 1000
  return {
    nothing: 0,
    cpu: Math.round(costNs * shareOf('cpu')),
    memory: Math.round(costNs * shareOf('memory')),
    // One request of so many waits 1 ms: timers know nothing shorter.
    waiting: Math.max(1, Math.round(1 / (requestMs * shareOf('waiting')))),
  }
}

/**
 * - found, silent: as it should be
 * - missed, false alarm: the bench was wrong
 * - too noisy: what was planted is too small to be seen here, or the machine was disturbed
 */
export type Outcome = 'found' | 'silent' | 'missed' | 'false alarm' | 'too noisy'

/** One plant with what became of it. */
export interface PlantReport extends Plant {
  readonly outcome: Outcome
  /** planted / not planted that the amount stands for. */
  readonly expected: number
  readonly ratio?: number
  readonly low?: number
  readonly high?: number
  readonly verdict?: Comparison['verdict']
  /** Smallest difference that 8 of 10 such runs find, as a share. */
  readonly detectable?: number
}

/**
 * A run finds its detectable effect in 8 of 10 cases, and one of half as much again, 4.2 standard errors, in nearly
 * all: a larger one that was missed is a fault, a smaller one may have been bad luck.
 */
const surely = 1.5

const outcomeOf = (
  { kind, share }: Plant,
  { verdict, detectable, low }: Comparison,
  disturbed: boolean,
): Outcome => {
  const claimsDifference = verdict !== 'same' && verdict !== 'unresolved'
  if (kind === 'nothing')
    return !claimsDifference ? 'silent' : disturbed ? 'too noisy' : 'false alarm'
  if (verdict === 'worse' || verdict === 'slightly worse') return 'found'
  const unsure = low === undefined || detectable === undefined || share < surely * detectable
  return disturbed || unsure ? 'too noisy' : 'missed'
}

/**
 * Judges one plant.
 * @param comparison of the planted server against the one without, in the plant's metric; undefined without numbers
 * @param disturbed the gate `quiet` failed
 */
export const judgePlant = (
  plant: Plant,
  comparison: Comparison | undefined,
  disturbed: boolean,
): PlantReport => {
  const { metric, share } = plant
  const expected = metric === 'cost' ? 1 + share : 1 / (1 + share)
  if (comparison === undefined) return { ...plant, expected, outcome: 'too noisy' }
  const { ratio, low, high, verdict, detectable } = comparison
  return {
    ...plant,
    expected,
    outcome: outcomeOf(plant, comparison, disturbed),
    ratio,
    ...(low === undefined || high === undefined ? {} : { low, high }),
    verdict,
    ...(detectable === undefined ? {} : { detectable }),
  }
}
