/** The plan of a run: which windows are taken in which order, decided before the first of them. Pure. */
import { fitBudget, warmup, type WindowNeed } from './plan/fit.ts'
import { pacedNeed, pacedPoints, pacedWindows, plannedRate, settleMs } from './plan/pace.ts'
import { divideRounds, type PlateauPlan, planPlateau } from './plan/plateau.ts'
import { capacityProbe, type Study } from './plan/study.ts'
import { checkRequest, type PlanRequest, several, usageError } from './plan/request.ts'
import { isPaced, type Point } from './point.ts'
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
export interface Cell extends Point {
  readonly workload: string
}

/** An operating point at a rate, or at a share of each contender's own capacity. */
export interface PacedPoint extends Point {
  /** Sent before each window at the same rate, and not counted. */
  readonly settleMs: number
  readonly windowMs: number
  /** Per cell and block; each has two windows per arm. */
  readonly rounds: number
}

/** Arms in the order in which their windows are taken: a permutation, then its mirror image. */
export type Round = readonly string[]

/** One cell of one block. */
export interface CellPlan extends Cell {
  /** The contenders that offer the workload, base first where it does. */
  readonly contenders: readonly string[]
  readonly warmup: WarmupPlan
  /** Answers that each closed window waits for: four per connection, so that slow arms are not cut short. */
  readonly minRequests: number
  readonly rounds: readonly Round[]
  /** At a fixed rate; its warm-up is a closed loop like any other. */
  readonly pace?: PacedPoint
  /** A few rounds at twice the connections; none at a fixed rate, and where there is no time for them. */
  readonly plateau?: PlateauPlan
  /** In place of windows at a point; the rates are shares of each arm's own capacity. */
  readonly study?: Study
  /** Of a sweep: the share of each of its rounds. */
  readonly steps?: readonly number[]
  /**
   * After this long, counted from the cell's first window, no round begins that is not among its first two: where
   * windows wait for a slow contender's answers there are fewer rounds, not fewer blocks, which are the evidence.
   */
  readonly limitMs: number
}

/** How long each arm of a cell is driven before its first window. */
export interface WarmupPlan {
  /** Requests in flight, in a closed loop; at a fixed rate as many as are usual. */
  readonly connections: number
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
  /** Rounds per closed cell and block; each has two windows per arm. None without such a cell. */
  readonly rounds: number
  readonly paces: readonly PacedPoint[]
  /** What a run asks that does not compare at operating points. */
  readonly study?: Study
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

/** What things take besides measuring, where a request does not say. */
export const usualEstimates = {
  contenderMs: 1_200,
  trialMs: 600,
  windowOverheadMs: 6,
  footprintMs: 9_000,
}
/** With those at twice the connections, which are one in a comfortable cell and up to four in the longest. */
const roundsPerCell = { least: 2, comfortable: 7, most: 44 }

/** Every arm as often before as after every other, and linear drift cancels (generalised ABBA). */
const mirroredRound = (random: Random, arms: readonly string[]): Round => {
  const order = random.shuffle(arms)
  return [...order, ...order.toReversed()]
}

const tooSmall = (request: PlanRequest, points: number, blocks: number, leastMs: number) => {
  const smallest = `${Math.ceil(leastMs / 1000)}s`
  return usageError(
    'BUDGET_TOO_SMALL',
    `A budget of ${request.budgetMs / 1000} s is too small: ${several(request.contenders.length, 'contender')}, ` +
      `${several(request.workloads.length, 'workload')} and ${several(points, 'operating point')} need at least ` +
      `${smallest} for ${blocks} blocks. Use --budget ${smallest} or more, or measure fewer of them.`,
  )
}

/** One operating point with its windows. */
interface PlannedPoint {
  readonly point: Point
  /** In closed loops, that of warming up among them. */
  readonly inFlight: number
  readonly rounds: number
  /** Rounds at twice the connections. */
  readonly plateau: number
  /** Of one arm's windows. */
  readonly lengthMs: number
  readonly pace?: PacedPoint
}

/**
 * Makes the schedule that fits the budget (see `fitBudget`): rounds of short windows in a closed loop, at fixed rates
 * as many answers as p99 asks for.
 * @throws GapwiseError `usage` BUDGET_TOO_SMALL (with the smallest that works), NOTHING_TO_MEASURE,
 *   DUPLICATE_CONTENDER, BAD_CONNECTIONS, BAD_RATE, BAD_WINDOW, BAD_BLOCKS
 */
export const createPlan = (request: PlanRequest): Plan => {
  const windowMs = request.windowMs ?? benchDefaults.windowMs
  checkRequest(request, windowMs)
  const { contenders, seed, budgetMs, quick = false, shares = [] } = request
  const estimates = { ...usualEstimates, ...request.estimates }
  const overheadMs = estimates.windowOverheadMs

  const points: Point[] = [
    ...[...new Set(request.connections)].map((connections) => ({ connections })),
    ...pacedPoints(request.rates ?? [], shares),
  ]
  const workloads = request.workloads.map(({ name, contenders: offering }) => ({
    name,
    arms: contenders.filter((id) => offering === undefined || offering.includes(id)),
  }))
  const starts = workloads.reduce((sum, { arms }) => sum + arms.length, 0)
  const capacityMs = shares.length * capacityProbe.windows * capacityProbe.windowMs
  const standsMs = request.footprint === true ? contenders.length * estimates.footprintMs : 0
  const setupMs =
    workloads.length * estimates.trialMs + starts * (estimates.contenderMs + capacityMs) + standsMs
  const roundArmMs = 2 * (windowMs + overheadMs)
  const closedNeed: WindowNeed = {
    leastMs: roundsPerCell.least * roundArmMs,
    comfortableMs: roundsPerCell.comfortable * roundArmMs,
    mostMs: roundsPerCell.most * roundArmMs,
  }
  const fit = fitBudget({
    budgetMs,
    quick,
    blocks: request.blocks,
    setupMs,
    starts,
    needs: points.map((point) =>
      isPaced(point) ? pacedNeed(plannedRate(point), overheadMs) : closedNeed,
    ),
    paced: points.some(isPaced),
  })
  if ('smallestBudgetMs' in fit)
    throw tooSmall(request, points.length, fit.fewestBlocks, fit.smallestBudgetMs)

  const { blocks, warmupMs, sharesMs } = fit
  const planned = points.map((point, index): PlannedPoint => {
    const shareMs = sharesMs[index] ?? 0
    if (!isPaced(point)) {
      const fitting = Math.floor(shareMs / roundArmMs + 1e-9)
      const all = Math.min(roundsPerCell.most, Math.max(roundsPerCell.least, fitting))
      const divided = divideRounds(all, { warmupMs, roundMs: roundArmMs })
      return { point, inFlight: point.connections, ...divided, lengthMs: all * roundArmMs }
    }
    const { lengthMs, ...windows } = pacedWindows(shareMs, overheadMs)
    const pace = { ...point, settleMs, ...windows }
    const [inFlight] = benchDefaults.connections
    return { point, inFlight, rounds: windows.rounds, plateau: 0, lengthMs, pace }
  })
  const random = createRandom(seed)
  const planTrial = ({ name, arms }: (typeof workloads)[number]): Trial => ({
    workload: name,
    startOrder: random.shuffle(arms),
    cells: random.shuffle(planned).map(({ point, inFlight, rounds, plateau, lengthMs, pace }) => ({
      workload: name,
      ...point,
      contenders: arms,
      warmup: { connections: inFlight, leastRequests: warmup.leastRequests, mostMs: warmupMs },
      minRequests: 4 * inFlight,
      rounds: Array.from({ length: rounds }, () => mirroredRound(random, arms)),
      ...(pace === undefined ? {} : { pace }),
      ...planPlateau({ inFlight, rounds, plateau }, () => mirroredRound(random, arms)),
      limitMs: arms.length * lengthMs,
    })),
  })
  const blockMs =
    setupMs + starts * planned.reduce((sum, { lengthMs }) => sum + warmupMs + lengthMs, 0)
  return {
    seed,
    budgetMs,
    windowMs,
    warmupMs,
    rounds: planned.find(({ pace }) => pace === undefined)?.rounds ?? 0,
    paces: planned.flatMap(({ pace }) => pace ?? []),
    contenders,
    cells: workloads.flatMap(({ name }) => points.map((point) => ({ workload: name, ...point }))),
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
