/** Which metric a verdict is read from, and which comparisons of a run are one family. */
import type { Point } from '../point.ts'
import type { Raw } from '../results.ts'
import type { ArmCell } from './cells.ts'
import { isQuantile, type Metric } from './metrics.ts'

/** Metrics to judge by when the primary one could not be had, nearest first; latencies there are only at a rate. */
const standIns: readonly Metric[] = ['stackCost', 'cost', 'capacity', 'latencyP99', 'latencyP50']

/** Where each contender runs at a load of its own, latency says nothing of one against the other. */
const mayDecide = (metric: Metric, point: Point | undefined): boolean =>
  point?.shareOfCapacity === undefined || !isQuantile(metric)

/** What is known of one contender in one cell has the metric that it is known in. */
interface Known {
  readonly metric: Metric
}

/**
 * The one of an arm's comparisons that its verdict is read from: in the workload's primary metric, or the nearest
 * one that is known (the cost of the contender alone, then capacity, or latency at a fixed rate).
 * @param point of the cell
 */
export const decidingOf = <T extends Known>(
  design: Raw['design'],
  workload: string,
  known: readonly T[],
  point: Point | undefined,
): T | undefined => {
  const primary = design.workloads.find(({ name }) => name === workload)?.primary
  const wanted = primary === undefined ? standIns : [primary, ...standIns]
  return wanted
    .filter((metric) => mayDecide(metric, point))
    .map((metric) => known.find((each) => each.metric === metric))
    .find((each) => each !== undefined)
}

/** Told beside the deciding one where gaps to named peers were asked for. */
const toldBeside = new Set<Metric>(['capacity', 'latencyP99'])

/** The metrics that gaps are told in: the deciding one, and for named peers what a user feels of it. */
export const toldOf = <T extends Known>(
  design: Raw['design'],
  workload: string,
  known: readonly T[],
  point: Point | undefined,
): T[] => {
  const deciding = decidingOf(design, workload, known, point)
  if (deciding === undefined) return []
  if (design.against === undefined) return [deciding]
  const beside = known.filter(({ metric }) => toldBeside.has(metric) && mayDecide(metric, point))
  return [deciding, ...beside.filter((each) => each !== deciding)]
}

/**
 * Members of the run's family: every contender other than the base in every cell that it took part in. That is
 * settled by the plan; those whose numbers were refused count too, or the family would depend on what came out.
 */
export const familySize = (cells: readonly (readonly ArmCell[])[], base: string): number =>
  cells.flat().filter(({ contender }) => contender !== base).length
