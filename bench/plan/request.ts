/** What a plan is asked for, and what is refused before it is made. Pure. */
import { GapwiseError } from '../../src/errors.ts'

/** What things take besides measuring; first guesses, only for fitting the budget. */
export interface Estimates {
  /** Start and stop of one contender, its database made and dropped (110 ms), its contract before and after. */
  readonly contenderMs: number
  /** What a workload of a block takes however many contenders offer it. */
  readonly trialMs: number
  /** Reading meters and draining, per window. */
  readonly windowOverheadMs: number
  /** Both footprint stands of one contender: two starts, its load, its idle connections. */
  readonly footprintMs: number
}

/** A workload as far as the order of things depends on it. */
export interface PlannedWorkload {
  readonly name: string
  /** Those that offer it; all when absent. */
  readonly contenders?: readonly string[]
}

export interface PlanRequest {
  /** Ids, all different; the first is the base. */
  readonly contenders: readonly string[]
  readonly workloads: readonly PlannedWorkload[]
  /** Operating points in a closed loop. */
  readonly connections: readonly number[]
  /** Operating points at fixed rates, in requests per second; none when absent. */
  readonly rates?: readonly number[]
  /** Operating points at shares of each contender's own capacity, such as 0.3; none when absent. */
  readonly shares?: readonly number[]
  /** Whole number; fixes every order. */
  readonly seed: number
  /** Time for all blocks, without what comes before the first (packages, PostgreSQL). */
  readonly budgetMs: number
  /** At most four blocks. */
  readonly quick?: boolean
  /** Exactly so many blocks, at least 2; chosen from the budget when absent. */
  readonly blocks?: number
  /** 10 to 1,000; see `benchDefaults`. */
  readonly windowMs?: number
  readonly estimates?: Partial<Estimates>
  /** Each block has footprint stands. */
  readonly footprint?: boolean
}

/** Blocks of a run: two give an interval, four are usual. */
export const blockCount = { least: 2, usual: 4, most: 24 } as const

export const usageError = (code: string, message: string): GapwiseError =>
  new GapwiseError('usage', code, message)

/** A number with its noun: 1 contender, 3 contenders. */
export const several = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`

/** @throws GapwiseError `usage` NOTHING_TO_MEASURE, DUPLICATE_CONTENDER, BAD_CONNECTIONS, BAD_RATE, BAD_WINDOW or BAD_BLOCKS */
export const checkRequest = (request: PlanRequest, windowMs: number): void => {
  const { contenders, workloads, connections, rates = [], shares = [], blocks } = request
  if (contenders.length === 0 || workloads.length === 0)
    throw usageError('NOTHING_TO_MEASURE', 'Name at least one contender and one workload.')
  const twice = contenders.find((id, index) => contenders.indexOf(id) !== index)
  if (twice !== undefined)
    throw usageError(
      'DUPLICATE_CONTENDER',
      `Every contender needs an id of its own, but "${twice}" stands twice.`,
    )
  const bad = connections.find((count) => !Number.isInteger(count) || count < 1)
  const points = connections.length + rates.length + shares.length
  if (points === 0 || bad !== undefined)
    throw usageError(
      'BAD_CONNECTIONS',
      `--connections takes whole numbers of at least 1, such as 16,64; found ${bad ?? 'none'}.`,
    )
  const badRate = [...rates, ...shares].find((rate) => !(rate > 0 && Number.isFinite(rate)))
  if (badRate !== undefined)
    throw usageError(
      'BAD_RATE',
      `--rate takes requests per second above 0, such as 1000,3000; found ${badRate}.`,
    )
  if (!(windowMs >= 10 && windowMs <= 1_000))
    throw usageError('BAD_WINDOW', `A window takes 10 to 1,000 ms, found ${windowMs}.`)
  if (blocks !== undefined && (!Number.isInteger(blocks) || blocks < blockCount.least))
    throw usageError(
      'BAD_BLOCKS',
      `A run has a whole number of blocks, at least 2, found ${blocks}: one block has no interval.`,
    )
}
