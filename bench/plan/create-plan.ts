/** Makes the plan of a run from what was asked for: how many blocks and windows fit, and every order. Pure. */
import {
  benchDefaults,
  closedAnswers,
  firmBlocks,
  type PacedPoint,
  type Plan,
  type Round,
  type Trial,
  usualEstimates,
} from '../plan.ts'
import { isPaced, type Point } from '../point.ts'
import { createRandom, type Random } from '../stats/random.ts'
import { furtherRounds } from './further.ts'
import { fitBudget, warmup, type WindowNeed } from './fit.ts'
import { pacedNeed, pacedPoints, pacedWindows, settleMs } from './pace.ts'
import { divideRounds, planPlateau } from './plateau.ts'
import { blockCount, checkRequest, type PlanRequest, several, usageError } from './request.ts'
import { capacityProbe } from './study.ts'

/** With those at twice the connections, about one in twenty. */
const roundsPerCell = { least: 2, comfortable: 5, most: 34 }

/** Warm-ups and starts may take half of what they are allowed, and the time that is left makes more blocks. */
const spare = 2

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
    needs: points.map((point) => (isPaced(point) ? pacedNeed(point, overheadMs) : closedNeed)),
    paced: points.some(isPaced),
  })
  if ('smallestBudgetMs' in fit)
    throw tooSmall(request, points.length, fit.fewestBlocks, fit.smallestBudgetMs)

  const { blocks, warmupMs, sharesMs } = fit
  const mostBlocks =
    quick || request.blocks !== undefined ? blocks : Math.min(blockCount.most, spare * blocks)
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
  const blockMs =
    setupMs + starts * planned.reduce((sum, { lengthMs }) => sum + warmupMs + lengthMs, 0)
  const closed = planned.filter(({ pace }) => pace === undefined)
  const rounds = closed[0]?.rounds ?? 0
  const further =
    mostBlocks === blocks
      ? 0
      : Math.min(
          roundsPerCell.most - rounds,
          furtherRounds({
            budgetMs,
            blocks,
            blockMs,
            roundMs: starts * closed.length * roundArmMs,
          }),
        )
  const random = createRandom(seed)
  const planTrial = ({ name, arms }: (typeof workloads)[number]): Trial => ({
    workload: name,
    startOrder: random.shuffle(arms),
    cells: random.shuffle(planned).map(({ point, inFlight, rounds, plateau, lengthMs, pace }) => ({
      workload: name,
      ...point,
      contenders: arms,
      warmup: { connections: inFlight, leastRequests: warmup.leastRequests, mostMs: warmupMs },
      ...closedAnswers(inFlight),
      rounds: Array.from({ length: rounds }, () => mirroredRound(random, arms)),
      ...(pace === undefined ? {} : { pace }),
      ...planPlateau({ inFlight, rounds, plateau }, () => mirroredRound(random, arms)),
      ...(pace !== undefined || further === 0
        ? {}
        : {
            further: {
              rounds: Array.from({ length: further }, () => mirroredRound(random, arms)),
              limitMs: arms.length * (lengthMs + further * roundArmMs),
            },
          }),
      limitMs: arms.length * lengthMs,
    })),
  })
  return {
    seed,
    budgetMs,
    windowMs,
    warmupMs,
    rounds,
    mostRounds: rounds + further,
    paces: planned.flatMap(({ pace }) => pace ?? []),
    contenders,
    cells: workloads.flatMap(({ name }) => points.map((point) => ({ workload: name, ...point }))),
    expectedBlocks: blocks,
    blocks: Array.from({ length: mostBlocks }, (_, index) => ({
      index,
      trials: random.shuffle(workloads).map(planTrial),
    })),
    blocksAreFixed: request.blocks !== undefined,
    blockMs,
    totalMs: blocks * blockMs,
    indicative: quick || mostBlocks < firmBlocks,
  }
}
