/** Windows at a fixed rate: how long they are, and how much of a block they want. Pure. */
import { firmBlocks } from '../plan.ts'
import { samplesNeeded } from '../stats/histogram.ts'
import type { Point } from '../point.ts'
import type { WindowNeed } from './fit.ts'

/** How the windows of one arm at a fixed rate are cut. */
export interface PacedWindows {
  /** Two windows of each arm in every one. */
  readonly rounds: number
  readonly windowMs: number
  /** For all of them, with what is beside the windows. */
  readonly lengthMs: number
}

/**
 * Sent before each window and not counted: the arm has rested while others were driven, so that its caches, its
 * connections and the processor's clock first have to come back.
 */
export const settleMs = 250

/** Short ones follow the machine's drift closely, long ones lose less to settling. */
const windowLengthMs = { shortest: 500, longest: 1_500 }

/** From an order to its first request; an order for settling and one for the window. */
const leadMs = 5
const orders = 2

/** A request that fails or is dropped is no sample: a few more are planned than p99 asks for. */
const spareShare = 0.02

/** Of a block, in windows: at least for the cost's sake; where p99 would ask for more than `most` it is given up. */
const sampledMs = { least: 2_000, most: 120_000, withoutP99: 20_000 }

/** Capacities are not known when windows are planned; a slower contender may come short of answers for p99. */
const usualCapacity = 10_000

/** The rate that windows at a point are planned for, in requests per second. */
const plannedRate = ({ ratePerSecond, shareOfCapacity = 0 }: Point): number =>
  ratePerSecond ?? shareOfCapacity * usualCapacity

/** A firm run that had no time for its last block has the answers all the same. */
const blocksForP99 = firmBlocks - 1

/**
 * What a firm run wants of each block so that all together have the answers that p99 asks for, and the most that it can
 * use: as many in every block. At a share of the capacity nobody knows yet how slow a contender is.
 */
const wantedMs = (point: Point): { comfortable: number; most: number } => {
  const inOneMs = ((1 + spareShare) * samplesNeeded(0.99) * 1_000) / plannedRate(point)
  const comfortable = Math.max(sampledMs.least, inOneMs / blocksForP99)
  if (comfortable > sampledMs.most)
    return { comfortable: sampledMs.withoutP99, most: sampledMs.withoutP99 }
  if (point.shareOfCapacity !== undefined) return { comfortable, most: sampledMs.most }
  return { comfortable, most: Math.max(comfortable, Math.min(sampledMs.most, inOneMs)) }
}

/** What one window takes besides itself. */
const besideMs = (overheadMs: number): number => settleMs + orders * (overheadMs + leadMs)

/** What an arm wants for its windows at a rate: enough answers for p99. */
export const pacedNeed = (point: Point, overheadMs: number): WindowNeed => {
  const wanted = wantedMs(point)
  const withBesideMs = (ms: number): number =>
    ms + 2 * Math.ceil(ms / (2 * windowLengthMs.longest)) * besideMs(overheadMs)
  return {
    leastMs: 2 * (windowLengthMs.shortest + besideMs(overheadMs)),
    comfortableMs: withBesideMs(wanted.comfortable),
    mostMs: withBesideMs(wanted.most),
  }
}

/** Cuts the time of one arm into mirrored rounds of equal windows; one round at least. */
export const pacedWindows = (shareMs: number, overheadMs: number): PacedWindows => {
  const beside = besideMs(overheadMs)
  // A share that was computed from whole windows may come out a little above them.
  const rounds = Math.max(1, Math.ceil(shareMs / (2 * (windowLengthMs.longest + beside)) - 1e-9))
  const windowMs = Math.max(
    windowLengthMs.shortest,
    Math.floor(shareMs / (2 * rounds) - beside + 1e-9),
  )
  return { rounds, windowMs, lengthMs: 2 * rounds * (windowMs + beside) }
}

const mostConnections = 500

/**
 * Connections at a rate: room for answers that take 50 ms, so that it is the server which makes requests wait and not
 * the size of the pool; 500 because a server's queue of new connections is about as long.
 */
export const connectionsFor = (ratePerSecond: number): number =>
  Math.min(mostConnections, Math.max(64, Math.ceil(ratePerSecond / 20)))

/** Operating points at rates, then at shares of each contender's own capacity. */
export const pacedPoints = (rates: readonly number[], shares: readonly number[]): Point[] => [
  ...[...new Set(rates)].map((ratePerSecond) => ({
    connections: connectionsFor(ratePerSecond),
    ratePerSecond,
  })),
  ...[...new Set(shares)].map((shareOfCapacity) => ({
    connections: mostConnections,
    shareOfCapacity,
  })),
]
