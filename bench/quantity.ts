/**
 * The Quantity contract: something that a published run can say in one number with an interval, asked by a claim or by
 * a step of the parallel. Members live in quantities/.
 */
import type { Published } from './catalogue/measured.ts'
import type { PageRunName } from './page-runs/all.ts'
import type { Point } from './point.ts'
import type { Metric } from './result/metrics.ts'
import type { Bound } from './results.ts'

/** Where in a run a number stands. */
export interface Place {
  readonly run: PageRunName
  readonly workload: string
  readonly metric: Metric
  /** Where the run has several. */
  readonly point?: Point
}

/** One contender against another of the same run. */
export interface RatioQuantity extends Place {
  readonly kind: 'ratio'
  readonly contender: string
  readonly base: string
}

/** By what a ratio changes from one place to another: below 1 it comes nearer to 1. */
export interface NarrowingQuantity {
  readonly kind: 'narrowing'
  readonly from: RatioQuantity
  readonly to: RatioQuantity
}

/** The share of the gap between a base and a peer that a contender closes. */
export interface ShareOfGapQuantity extends Place {
  readonly kind: 'share of gap'
  readonly contender: string
  readonly base: string
  readonly peer: string
}

/**
 * - startTime: until the first answer, in ms
 * - memoryAtRest, memory: resident after a few requests, and after the load, in bytes
 * - memoryConnected: resident with `idleConnections` idle connections, reckoned from what each adds
 * - idleConnection: what each adds, in bytes
 * - install: on disk, in bytes
 */
export type FootprintKind =
  | 'startTime'
  | 'memoryAtRest'
  | 'memory'
  | 'memoryConnected'
  | 'idleConnection'
  | 'install'

/** What a contender needs besides time; against a base as a ratio. */
export interface FootprintQuantity {
  readonly kind: 'footprint'
  readonly run: PageRunName
  readonly measure: FootprintKind
  readonly contender: string
  readonly base?: string
}

/** CPU time of a request, in nanoseconds: not a ratio. */
export interface CostQuantity extends Place {
  readonly kind: 'cost'
  readonly contender: string
}

/** What cannot be measured here yet. */
export interface PendingQuantity {
  readonly kind: 'pending'
  /** A whole sentence. */
  readonly reason: string
}

export type Quantity =
  | RatioQuantity
  | NarrowingQuantity
  | ShareOfGapQuantity
  | CostQuantity
  | FootprintQuantity
  | PendingQuantity

/** The results that were published of the pages' runs; a run that was not measured yet is absent. */
export type MeasuredRuns = Readonly<Partial<Record<PageRunName, Published>>>

/** A number with what is known of it. */
export interface Figure {
  readonly value: number
  /** Ends of its interval; absent with fewer than two blocks. */
  readonly low?: number
  readonly high?: number
  /** Where the true value lies when something held it back. */
  readonly bound?: Bound
  /** What a reader has to know beside it. */
  readonly notes: readonly string[]
}

/** A number, or why there is none: nobody has measured it, or there is nothing that could be. */
export type Found =
  | { readonly figure: Figure }
  | { readonly notMeasured: string }
  | { readonly meaningless: string }
