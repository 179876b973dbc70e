/** Fits blocks, warm-ups and windows into the budget. Pure. */
import { blockCount } from './request.ts'

/** What one arm takes for its windows at one operating point of a block, without warm-up. */
export interface WindowNeed {
  readonly leastMs: number
  /** More blocks are planned only while this fits into each. */
  readonly comfortableMs: number
  readonly mostMs: number
}

/** What has to fit. */
export interface FitRequest {
  readonly budgetMs: number
  readonly quick: boolean
  /** Exactly so many blocks. */
  readonly blocks: number | undefined
  /** Of one block. */
  readonly setupMs: number
  /** Contenders that are started in a block, each workload's for itself. */
  readonly starts: number
  /** One for each operating point. */
  readonly needs: readonly WindowNeed[]
  /** There are fixed rates among the points, whose windows need the time more than a long warm-up does. */
  readonly paced: boolean
}

/** How it fits. */
export interface Fit {
  readonly blocks: number
  readonly warmupMs: number
  /** For the windows of one arm, by operating point. */
  readonly sharesMs: readonly number[]
}

/** The smallest budget, where the one given is too small. */
export interface Misfit {
  readonly fewestBlocks: number
  readonly smallestBudgetMs: number
}

/**
 * V8 compiles for about the first 25,000 requests of a process, on threads of its own whose time is the
 * server's. Where so many do not fit, the slope of the cost tells whether it was enough (runner/warm-up.ts).
 */
export const warmup = {
  leastRequests: 30_000,
  leastMs: 400,
  comfortableMs: 2_000,
  mostMs: 4_000,
  share: 0.65,
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const clamp = (least: number, wanted: number, most: number): number =>
  Math.min(most, Math.max(least, wanted))

/** Gives each point its least, then shares the rest equally, so that what one does not want goes to the others. */
const shareOut = (totalMs: number, needs: readonly WindowNeed[]): number[] => {
  const sharesMs = needs.map(({ leastMs }) => leastMs)
  const extraMs = (index: number): number => needs[index]!.mostMs - needs[index]!.leastMs
  const modestFirst = [...needs.keys()].toSorted((one, other) => extraMs(one) - extraMs(other))
  let leftMs = Math.max(0, totalMs - sum(sharesMs))
  for (const [done, index] of modestFirst.entries()) {
    const more = Math.min(extraMs(index), leftMs / (needs.length - done))
    sharesMs[index]! += more
    leftMs -= more
  }
  return sharesMs
}

/**
 * As many blocks as have room for comfortable windows (4 to 24), then windows and a warm-up as long as fit; where four
 * blocks do not fit, three or two.
 */
export const fitBudget = (request: FitRequest): Fit | Misfit => {
  const { budgetMs, quick, setupMs, starts, needs, paced } = request
  const blockMs = (warmupMs: number, windows: (need: WindowNeed) => number): number =>
    setupMs + starts * (needs.length * warmupMs + sum(needs.map(windows)))
  const leastMs = blockMs(warmup.leastMs, (need) => need.leastMs)
  const comfortableMs = blockMs(warmup.comfortableMs, (need) => need.comfortableMs)
  const wanted = Math.max(blockCount.usual, Math.floor(budgetMs / comfortableMs))
  const most = quick ? blockCount.usual : blockCount.most
  const blocks = request.blocks ?? Math.min(most, wanted, Math.floor(budgetMs / leastMs))
  const fewestBlocks = request.blocks ?? blockCount.least
  if (!(blocks >= fewestBlocks && blocks * leastMs <= budgetMs))
    return { fewestBlocks, smallestBudgetMs: fewestBlocks * leastMs }

  const points = needs.length
  const armMs = (budgetMs / blocks - setupMs) / Math.max(1, starts * points)
  const roomMs = armMs - sum(needs.map((need) => need.leastMs)) / points
  const spareMs = armMs - sum(needs.map((need) => need.comfortableMs)) / points
  const mostWarmupMs = paced ? clamp(warmup.comfortableMs, spareMs, warmup.mostMs) : warmup.mostMs
  const warmupMs = Math.floor(
    clamp(warmup.leastMs, Math.min(armMs * warmup.share, roomMs), mostWarmupMs),
  )
  return { blocks, warmupMs, sharesMs: shareOut(points * (armMs - warmupMs), needs) }
}
