/** The plan of a run: which windows are taken in which order, decided before the first of them. Pure. */
import { blockCount, checkRequest, type PlanRequest, several, usageError } from './plan/request.ts'
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
  /**
   * After this long, counted from the cell's first window, no round begins that is not among its first two: where
   * windows wait for a slow contender's answers there are fewer rounds, not fewer blocks, which are the evidence.
   */
  readonly limitMs: number
}

/** Fresh processes of all contenders and every cell once. */
export interface Block {
  /** From 0. */
  readonly index: number
  readonly startOrder: readonly string[]
  /** In seeded order, those that write after all others, the points of one workload together. */
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

const usualEstimates = { contenderMs: 1_000, blockMs: 600, windowOverheadMs: 6 }
/**
 * V8 compiles for about the first 25,000 requests of a process, on threads of its own whose time is the
 * server's: two seconds on /db. Later cells of a block share most of the code, so the first is warmed for longer.
 */
const warmup = { leastMs: 300, mostMs: 1_500, share: 0.4, firstCellFactor: 2 }
const roundsPerCell = { least: 2, comfortable: 8, most: 40 }

/** Every arm as often before as after every other, and linear drift cancels (generalised ABBA). */
const mirroredRound = (random: Random, arms: readonly string[]): Round => {
  const order = random.shuffle(arms)
  return [...order, ...order.toReversed()]
}

/**
 * Makes the schedule that fits the budget: as many blocks as have room for eight rounds (4 to 24), then as
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
  const workloads = request.workloads.map(({ name, contenders: offering, writes = false }) => ({
    name,
    writes,
    arms: contenders.filter((id) => offering === undefined || offering.includes(id)),
  }))
  const armCells = workloads.reduce((sum, { arms }) => sum + arms.length, 0) * points.length
  const roundArmMs = 2 * (windowMs + estimates.windowOverheadMs)
  const setupMs = estimates.blockMs + contenders.length * estimates.contenderMs
  const warmups = armCells + contenders.length * (warmup.firstCellFactor - 1)
  const lengthMs = (warmupMs: number, rounds: number): number =>
    setupMs + warmups * warmupMs + armCells * rounds * roundArmMs

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

  const measuringMs = budgetMs / blocks - setupMs
  const warmupMs = Math.round(
    Math.min(
      warmup.mostMs,
      Math.max(warmup.leastMs, (measuringMs * warmup.share) / Math.max(1, warmups)),
    ),
  )
  const rounds = Math.min(
    roundsPerCell.most,
    Math.max(
      roundsPerCell.least,
      Math.floor((measuringMs - warmups * warmupMs) / (Math.max(1, armCells) * roundArmMs)),
    ),
  )

  const random = createRandom(seed)
  const planBlock = (index: number): Block => {
    const startOrder = random.shuffle(contenders)
    const order = random
      .shuffle(workloads)
      // Sorting is stable: within either half the order stays drawn.
      .toSorted((one, other) => Number(one.writes) - Number(other.writes))
      .flatMap((workload) => random.shuffle(points).map((count) => ({ ...workload, count })))
    const cells = order.map(({ name, arms, count }, position) => ({
      workload: name,
      connections: count,
      contenders: arms,
      warmupMs: position === 0 ? warmup.firstCellFactor * warmupMs : warmupMs,
      minRequests: 4 * count,
      rounds: Array.from({ length: rounds }, () => mirroredRound(random, arms)),
      limitMs: rounds * arms.length * roundArmMs,
    }))
    return { index, startOrder, cells }
  }
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
  /** How long the latest block took: the first one also asks the whole contract, so their mean is too long. */
  readonly lastBlockMs?: number
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
export const mayStartBlock = (
  plan: Plan,
  { blocksDone, elapsedMs, lastBlockMs = elapsedMs / blocksDone }: Progress,
): boolean =>
  blocksDone < plan.blocks.length &&
  (blocksDone < blockCount.least ||
    elapsedMs + lastBlockMs <= Math.max(plan.budgetMs, plan.totalMs) * 1.1)
