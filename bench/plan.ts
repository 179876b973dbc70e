/** The plan of a run: which windows are taken in which order, decided before the first of them. Pure. */
import type { WindowFill } from './engine.ts'
import type { PlateauPlan } from './plan/plateau.ts'
import type { Study } from './plan/study.ts'
import { isPaced, type Point } from './point.ts'

/**
 * What `bench` does when it is not told.
 * 32 connections: a server's cost per request stops falling at about 16 (DESIGN 5), 32 is three pools of ten,
 * and 64 or more only lengthen the queue, so that a slow contender outgrows its window (4 x 64 requests).
 * 100 ms: the narrowest of the windows that agree with isolated ones (docs/measuring.md, noise --compare-designs).
 */
export const benchDefaults = {
  budgetMs: 180_000,
  quickBudgetMs: 60_000,
  connections: [32],
  windowMs: 100,
} as const

/**
 * Answers per connection of a closed window: it always waits for `least`, so that slow arms are not cut short, and up
 * to `fillUntilMs` for `full`. Connections begin and end a window together, with fewer requests in flight than
 * between, and what that takes should be a small part of it.
 */
export const answersPerConnection = { least: 4, full: 16, fillUntilMs: 200 } as const

/** What a closed window waits for, by its connections. */
export const closedAnswers = (connections: number): ClosedAnswers => ({
  minRequests: answersPerConnection.least * connections,
  fill: {
    requests: answersPerConnection.full * connections,
    untilMs: answersPerConnection.fillUntilMs,
  },
})

export interface ClosedAnswers {
  /** Answers that each closed window waits for. */
  readonly minRequests: number
  /** Those that it waits for up to a limit of time. */
  readonly fill: WindowFill
}

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
export interface CellPlan extends Cell, ClosedAnswers {
  /** The contenders that offer the workload, base first where it does. */
  readonly contenders: readonly string[]
  readonly warmup: WarmupPlan
  readonly rounds: readonly Round[]
  /** Taken after these while the block's own mean is rough (runner/rough.ts); none where there is no time for them. */
  readonly further?: FurtherRounds
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

/** Rounds for a noisy machine, in the order in which they are taken. */
export interface FurtherRounds {
  readonly rounds: readonly Round[]
  /** After this long, counted from the cell's first window, no further round begins. */
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
  /** With those that a block takes where the machine is noisy. */
  readonly mostRounds: number
  readonly paces: readonly PacedPoint[]
  /** What a run asks that does not compare at operating points. */
  readonly study?: Study
  /** The first is the base of all comparisons. */
  readonly contenders: readonly string[]
  readonly cells: readonly Cell[]
  /** As many as are run at most: those that fit, and spare ones for a machine that is quicker than was estimated. */
  readonly blocks: readonly Block[]
  /** Those that fit by the estimate. */
  readonly expectedBlocks: number
  /** So many blocks were asked for, whatever time they take. */
  readonly blocksAreFixed: boolean
  /** Estimated length of one block and of those that fit. */
  readonly blockMs: number
  readonly totalMs: number
  /** Fewer than eight blocks, or asked to be quick. */
  readonly indicative: boolean
}

/** Whether anything is measured in a closed loop; what a study does to find its rates is not. */
export const hasClosedLoops = ({ cells, study }: Pick<Plan, 'cells' | 'study'>): boolean =>
  study === undefined && cells.some((cell) => !isPaced(cell))

/** What things take besides measuring, where a request does not say. */
export const usualEstimates = {
  contenderMs: 1_200,
  trialMs: 600,
  windowOverheadMs: 6,
  footprintMs: 9_000,
}
