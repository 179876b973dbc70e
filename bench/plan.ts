/** The plan of a run: which windows are taken in which order, decided before the first of them. Pure. */
import { blockCount, checkRequest, type PlanRequest, several, usageError } from './plan/request.ts'
import { createRandom, type Random } from './stats/random.ts'

/**
 * What `bench` does when it is not told.
 * 32 connections: a server's cost per request stops falling at about 16 (DESIGN 5), 32 is three pools of ten,
 * and 64 or more only lengthen the queue, so that a slow contender outgrows its window (4 x 64 requests).
 */
export const benchDefaults = {
  budgetMs: 180_000,
  quickBudgetMs: 60_000,
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
  readonly warmup: WarmupPlan
  /** Answers that each window waits for: four per connection, so that slow arms are not cut short. */
  readonly minRequests: number
  readonly rounds: readonly Round[]
  /**
   * After this long, counted from the cell's first window, no round begins that is not among its first two: where
   * windows wait for a slow contender's answers there are fewer rounds, not fewer blocks, which are the evidence.
   */
  readonly limitMs: number
}

/** How long each arm of a cell is driven before its first window. */
export interface WarmupPlan {
  /** Answers that every arm has given at least, the same for all. */
  readonly leastRequests: number
  /** Ends the warm-up of an arm that has not given them, or whose cost still falls. */
  readonly mostMs: number
}

/**
 * One workload of a block: processes and databases of its own for every contender that offers it, because a heap
 * that another workload has grown, and code that it had compiled or not, are felt in the one after it.
 */
export interface Trial {
  readonly workload: string
  readonly startOrder: readonly string[]
  /** The operating points, in seeded order. */
  readonly cells: readonly CellPlan[]
}

/** Every workload once, in seeded order. */
export interface Block {
  /** From 0. */
  readonly index: number
  readonly trials: readonly Trial[]
}

export interface Plan {
  readonly seed: number
  readonly budgetMs: number
  readonly windowMs: number
  /** The longest warm-up of one arm of a cell; most end before. */
  readonly warmupMs: number
  /** Rounds per cell and block; each has two windows per arm. */
  readonly rounds: number
  /** The first is the base of all comparisons. */
  readonly contenders: readonly string[]
  readonly cells: readonly Cell[]
  readonly blocks: readonly Block[]
  /** So many blocks were asked for, whatever time they take. */
  readonly blocksAreFixed: boolean
  /** Estimated length of one block and of all. */
  readonly blockMs: number
  readonly totalMs: number
  /** Fewer than eight blocks, or asked to be quick. */
  readonly indicative: boolean
}

const usualEstimates = { contenderMs: 1_200, trialMs: 600, windowOverheadMs: 6 }
/**
 * V8 compiles for about the first 25,000 requests of a process, on threads of its own whose time is the
 * server's. Where so many do not fit, the slope of the cost tells whether it was enough (runner/warm-up.ts).
 */
const warmup = {
  leastRequests: 30_000,
  leastMs: 400,
  comfortableMs: 2_000,
  mostMs: 4_000,
  share: 0.65,
}
const roundsPerCell = { least: 2, comfortable: 6, most: 40 }

/** Every arm as often before as after every other, and linear drift cancels (generalised ABBA). */
const mirroredRound = (random: Random, arms: readonly string[]): Round => {
  const order = random.shuffle(arms)
  return [...order, ...order.toReversed()]
}

/**
 * Makes the schedule that fits the budget: as many blocks as have room for six rounds (4 to 24), then as
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
  const starts = workloads.reduce((sum, { arms }) => sum + arms.length, 0)
  const armCells = starts * points.length
  const roundArmMs = 2 * (windowMs + estimates.windowOverheadMs)
  const setupMs = workloads.length * estimates.trialMs + starts * estimates.contenderMs
  const lengthMs = (warmupMs: number, rounds: number): number =>
    setupMs + armCells * (warmupMs + rounds * roundArmMs)

  const leastMs = lengthMs(warmup.leastMs, roundsPerCell.least)
  const comfortableMs = lengthMs(warmup.comfortableMs, roundsPerCell.comfortable)
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
  const clamp = (least: number, wanted: number, most: number): number =>
    Math.min(most, Math.max(least, wanted))
  const roomMs = armMs - roundsPerCell.least * roundArmMs
  const warmupMs = Math.floor(
    clamp(warmup.leastMs, Math.min(armMs * warmup.share, roomMs), warmup.mostMs),
  )
  const rounds = clamp(
    roundsPerCell.least,
    Math.floor((armMs - warmupMs) / roundArmMs),
    roundsPerCell.most,
  )

  const random = createRandom(seed)
  const planTrial = ({ name, arms }: (typeof workloads)[number]): Trial => ({
    workload: name,
    startOrder: random.shuffle(arms),
    cells: random.shuffle(points).map((count) => ({
      workload: name,
      connections: count,
      contenders: arms,
      warmup: { leastRequests: warmup.leastRequests, mostMs: warmupMs },
      minRequests: 4 * count,
      rounds: Array.from({ length: rounds }, () => mirroredRound(random, arms)),
      limitMs: rounds * arms.length * roundArmMs,
    })),
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
    blocks: Array.from({ length: blocks }, (_, index) => ({
      index,
      trials: random.shuffle(workloads).map(planTrial),
    })),
    blocksAreFixed: request.blocks !== undefined,
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
  /** How long the latest block took: the first one also asks the whole contract, so their mean is too long. */
  readonly lastBlockMs?: number
}

/** Time left, from the blocks so far where there are some, else from the plan's estimate; in milliseconds. */
export const remainingMs = (plan: Plan, { blocksDone, elapsedMs }: Progress): number =>
  blocksDone === 0
    ? Math.max(0, plan.totalMs - elapsedMs)
    : (plan.blocks.length - blocksDone) * (elapsedMs / blocksDone)

/**
 * Whether to start the next block: two always, and all where their number was asked for; else only while they end
 * within a tenth over the budget.
 * The rule looks at the clock alone, never at the numbers, so it cannot bend the result.
 */
export const mayStartBlock = (
  plan: Plan,
  { blocksDone, elapsedMs, lastBlockMs = elapsedMs / blocksDone }: Progress,
): boolean =>
  blocksDone < plan.blocks.length &&
  (plan.blocksAreFixed ||
    blocksDone < blockCount.least ||
    elapsedMs + lastBlockMs <= Math.max(plan.budgetMs, plan.totalMs) * 1.1)
