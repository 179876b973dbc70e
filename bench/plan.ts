/** The plan of a run: which windows are taken in which order, decided before the first of them. Pure. */
import { GapwiseError } from '../src/errors.ts'
import { createRandom, type Random } from './stats/random.ts'

/**
 * What `bench` does when it is not told.
 * 32 connections: a server's cost per request stops falling at about 16 (DESIGN 5), 32 is three pools of ten,
 * and 64 or more only lengthen the queue, so that a slow contender outgrows its window (4 x 64 requests).
 */
export const benchDefaults = {
  budgetMs: 120_000,
  quickBudgetMs: 40_000,
  connections: [32],
  windowMs: 75,
} as const

/** Fewer blocks than this give an interval whose width is itself uncertain: the run is indicative. */
export const firmBlocks = 8

/** A workload at an operating point. */
export interface Cell {
  readonly workload: string
  readonly connections: number
}

/** Arms in the order in which their windows are taken: a permutation, then its mirror image. */
export type Round = readonly string[]

/** One cell of one block. */
export interface CellPlan extends Cell {
  /** The contenders that offer the workload, base first where it does. */
  readonly contenders: readonly string[]
  readonly warmupMs: number
  /** Answers that each window waits for: four per connection, so that slow arms are not cut short. */
  readonly minRequests: number
  readonly rounds: readonly Round[]
  /** After this long, counted from the cell's first window, no round begins that is not among its first two. */
  readonly limitMs: number
}

/** Fresh processes of all contenders and every cell once. */
export interface Block {
  /** From 0. */
  readonly index: number
  readonly startOrder: readonly string[]
  /** In seeded order, the points of one workload together. */
  readonly cells: readonly CellPlan[]
}

export interface Plan {
  readonly seed: number
  readonly budgetMs: number
  readonly windowMs: number
  readonly warmupMs: number
  /** Rounds per cell and block; each has two windows per arm. */
  readonly rounds: number
  /** The first is the base of all comparisons. */
  readonly contenders: readonly string[]
  readonly cells: readonly Cell[]
  readonly blocks: readonly Block[]
  /** Estimated length of one block and of all. */
  readonly blockMs: number
  readonly totalMs: number
  /** Fewer than eight blocks, or asked to be quick. */
  readonly indicative: boolean
}

/** What things take besides measuring; first guesses, only for fitting the budget. */
export interface Estimates {
  /** Start, contract before and after, and stop of one contender. */
  readonly contenderMs: number
  /** Reading meters and draining, per window. */
  readonly windowOverheadMs: number
}

export interface PlanRequest {
  /** Ids, all different; the first is the base. */
  readonly contenders: readonly string[]
  /** Each with the contenders that offer it (all when absent). */
  readonly workloads: readonly { readonly name: string; readonly contenders?: readonly string[] }[]
  readonly connections: readonly number[]
  /** Whole number; fixes every order. */
  readonly seed: number
  /** Time for all blocks, without what comes before the first (packages, PostgreSQL). */
  readonly budgetMs: number
  /** At most four blocks. */
  readonly quick?: boolean
  /** Exactly so many blocks, at least 2; chosen from the budget when absent. */
  readonly blocks?: number
  /** 50 to 100, 75 when absent. */
  readonly windowMs?: number
  readonly estimates?: Partial<Estimates>
}

const usualEstimates: Estimates = { contenderMs: 1_000, windowOverheadMs: 5 }
const warmup = { leastMs: 250, mostMs: 1_000, share: 0.35 }
const roundsPerCell = { least: 2, comfortable: 12, most: 40 }
const blockCount = { least: 2, usual: 4, most: 24 }

const usageError = (code: string, message: string): GapwiseError =>
  new GapwiseError('usage', code, message)

const several = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const checkRequest = (request: PlanRequest, windowMs: number): void => {
  const { contenders, workloads, connections, blocks } = request
  if (contenders.length === 0 || workloads.length === 0)
    throw usageError('NOTHING_TO_MEASURE', 'Name at least one contender and one workload.')
  const twice = contenders.find((id, index) => contenders.indexOf(id) !== index)
  if (twice !== undefined)
    throw usageError(
      'DUPLICATE_CONTENDER',
      `Every contender needs an id of its own, but "${twice}" stands twice.`,
    )
  const bad = connections.find((count) => !Number.isInteger(count) || count < 1)
  if (connections.length === 0 || bad !== undefined)
    throw usageError(
      'BAD_CONNECTIONS',
      `--connections takes whole numbers of at least 1, such as 16,64; found ${bad ?? 'none'}.`,
    )
  if (!(windowMs >= 50 && windowMs <= 100))
    throw usageError('BAD_WINDOW', `A window takes 50 to 100 ms, found ${windowMs}.`)
  if (blocks !== undefined && (!Number.isInteger(blocks) || blocks < blockCount.least))
    throw usageError(
      'BAD_BLOCKS',
      `A run has a whole number of blocks, at least 2, found ${blocks}: one block has no interval.`,
    )
}

/** Every arm as often before as after every other, and linear drift cancels (generalised ABBA). */
const mirroredRound = (random: Random, arms: readonly string[]): Round => {
  const order = random.shuffle(arms)
  return [...order, ...order.toReversed()]
}

/**
 * Makes the schedule that fits the budget: as many blocks as have room for twelve rounds (4 to 24), then as
 * many rounds and as long a warm-up as fit; where four blocks do not fit, three or two.
 * @throws GapwiseError `usage` BUDGET_TOO_SMALL (with the smallest that works), NOTHING_TO_MEASURE,
 *   DUPLICATE_CONTENDER, BAD_CONNECTIONS, BAD_WINDOW, BAD_BLOCKS
 */
export const createPlan = (request: PlanRequest): Plan => {
  const windowMs = request.windowMs ?? benchDefaults.windowMs
  checkRequest(request, windowMs)
  const { contenders, connections, seed, budgetMs, quick = false } = request
  const estimates = { ...usualEstimates, ...request.estimates }

  const points = [...new Set(connections)]
  const workloads = request.workloads.map(({ name, contenders: offering }) => ({
    name,
    arms: contenders.filter((id) => offering === undefined || offering.includes(id)),
  }))
  const armCells = workloads.reduce((sum, { arms }) => sum + arms.length, 0) * points.length
  const roundArmMs = 2 * (windowMs + estimates.windowOverheadMs)
  const setupMs = contenders.length * estimates.contenderMs
  const lengthMs = (warmupMs: number, rounds: number): number =>
    setupMs + armCells * (warmupMs + rounds * roundArmMs)

  const leastMs = lengthMs(warmup.leastMs, roundsPerCell.least)
  const comfortableMs = lengthMs(warmup.mostMs, roundsPerCell.comfortable)
  const wanted = Math.max(blockCount.usual, Math.floor(budgetMs / comfortableMs))
  const most = Math.min(
    quick ? blockCount.usual : blockCount.most,
    wanted,
    Math.floor(budgetMs / leastMs),
  )
  const blocks = request.blocks ?? most
  const fewest = request.blocks ?? blockCount.least
  if (!(blocks >= fewest && blocks * leastMs <= budgetMs)) {
    const smallest = `${Math.ceil((fewest * leastMs) / 1000)}s`
    throw usageError(
      'BUDGET_TOO_SMALL',
      `A budget of ${budgetMs / 1000} s is too small: ${several(contenders.length, 'contender')}, ` +
        `${several(workloads.length, 'workload')} and ${several(points.length, 'number')} of connections need at least ` +
        `${smallest} for ${fewest} blocks. Use --budget ${smallest} or more, or measure fewer of them.`,
    )
  }

  const armMs = (budgetMs / blocks - setupMs) / Math.max(1, armCells)
  const warmupMs = Math.round(
    Math.min(warmup.mostMs, Math.max(warmup.leastMs, armMs * warmup.share)),
  )
  const rounds = Math.min(
    roundsPerCell.most,
    Math.max(roundsPerCell.least, Math.floor((armMs - warmupMs) / roundArmMs)),
  )

  const random = createRandom(seed)
  const planBlock = (index: number): Block => ({
    index,
    startOrder: random.shuffle(contenders),
    cells: random.shuffle(workloads).flatMap(({ name, arms }) =>
      random.shuffle(points).map((count) => ({
        workload: name,
        connections: count,
        contenders: arms,
        warmupMs,
        minRequests: 4 * count,
        rounds: Array.from({ length: rounds }, () => mirroredRound(random, arms)),
        limitMs: 2 * rounds * arms.length * roundArmMs,
      })),
    ),
  })
  const blockMs = lengthMs(warmupMs, rounds)
  return {
    seed,
    budgetMs,
    windowMs,
    warmupMs,
    rounds,
    contenders,
    cells: workloads.flatMap(({ name }) =>
      points.map((count) => ({ workload: name, connections: count })),
    ),
    blocks: Array.from({ length: blocks }, (_, index) => planBlock(index)),
    blockMs,
    totalMs: blocks * blockMs,
    indicative: quick || blocks < firmBlocks,
  }
}

/** How far a run is. */
export interface Progress {
  readonly blocksDone: number
  /** Since the first block's start. */
  readonly elapsedMs: number
}

/** Time left, from the blocks so far where there are some, else from the plan's estimate; in milliseconds. */
export const remainingMs = (plan: Plan, { blocksDone, elapsedMs }: Progress): number =>
  blocksDone === 0
    ? Math.max(0, plan.totalMs - elapsedMs)
    : (plan.blocks.length - blocksDone) * (elapsedMs / blocksDone)

/**
 * Whether to start the next block: two always, more only while they end within a tenth over the budget.
 * The rule looks at the clock alone, never at the numbers, so it cannot bend the result.
 */
export const mayStartBlock = (plan: Plan, { blocksDone, elapsedMs }: Progress): boolean =>
  blocksDone < plan.blocks.length &&
  (blocksDone < blockCount.least ||
    elapsedMs + elapsedMs / blocksDone <= Math.max(plan.budgetMs, plan.totalMs) * 1.1)
