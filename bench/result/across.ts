/** Two runs set against one another: cells that both measured, compared without pairs. Pure. */
import { type Point, pointKey, pointOf } from '../point.ts'
import type { Raw } from '../results.ts'
import { holm } from '../stats/holm.ts'
import { blockMeans } from '../stats/paired.ts'
import { judge, type Better, type Verdict } from '../stats/verdict.ts'
import { welchClaims, welchDifference } from '../stats/welch.ts'
import { refusal } from './cautions.ts'
import { armCells, type ArmCell } from './cells.ts'
import { decidingOf } from './deciding.ts'
import { metricsOf, roundLogs } from './measures.ts'
import { metricFacts, type Metric } from './metrics.ts'

/** One contender in one cell and metric, in the later run against the earlier. */
export interface Across {
  readonly workload: string
  readonly contender: string
  readonly metric: Metric
  readonly unit: string
  readonly better: Better
  readonly point: Point
  /** new / old */
  readonly ratio: number
  /** Ends of Welch's interval; absent when a run has one block. */
  readonly low?: number
  readonly high?: number
  readonly confidence: number
  readonly verdict: Verdict
  /** The metric that the cell's verdict is read from: such rows are one family, and their verdicts hold together. */
  readonly deciding: boolean
  /** Blocks that it rests on. */
  readonly blocks: { readonly old: number; readonly new: number }
}

/** Both sides of a cell, with one value per block each. */
interface Sides {
  readonly arm: ArmCell
  readonly metric: Metric
  readonly better: Better
  readonly old: readonly number[]
  readonly new: readonly number[]
}

const keyOf = ({ workload, point, contender }: ArmCell): string =>
  JSON.stringify([workload.name, pointKey(point), contender])

/** Arms that may have numbers, by cell and contender. */
const soundArms = (raw: Raw): Map<string, ArmCell> =>
  new Map(
    armCells(raw)
      .flat()
      .filter((arm) => refusal(arm) === undefined)
      .map((arm) => [keyOf(arm), arm]),
  )

const sidesOf = (old: ArmCell, arm: ArmCell): Sides[] =>
  metricsOf(arm).flatMap((metric) => {
    const { better } = metricFacts[metric]
    const sides = {
      old: blockMeans(roundLogs(old, metric)),
      new: blockMeans(roundLogs(arm, metric)),
    }
    const known = better !== undefined && sides.old.length > 0 && sides.new.length > 0
    return known ? [{ arm, metric, better, ...sides }] : []
  })

/**
 * All cells that both runs have numbers for, in the order of the later one. Verdicts of the deciding metrics are
 * adjusted by Holm's method over all such cells, as within a run; the others have the word of their own interval.
 * What drifted between the runs is in these ratios: nothing pairs it away.
 */
export const compareRuns = (old: Raw, later: Raw): Across[] => {
  const { confidence } = later.design
  const delta = Math.max(old.design.delta, later.design.delta)
  const earlier = soundArms(old)
  const cells = [...soundArms(later).values()].flatMap((arm) => {
    const before = earlier.get(keyOf(arm))
    return before === undefined ? [] : [sidesOf(before, arm)]
  })
  const deciding = new Set(
    cells.flatMap((sides) => {
      const arm = sides[0]?.arm
      return decidingOf(later.design, arm?.workload.name ?? '', sides, arm?.point) ?? []
    }),
  )
  const claims = new Map(
    cells.flat().map((sides) => [sides, welchClaims(sides.old, sides.new, delta)]),
  )
  const family = [...deciding].filter((sides) => claims.get(sides) !== undefined)
  for (const claim of ['differs', 'beyond', 'same'] as const) {
    const adjusted = holm(
      family.map((sides) => claims.get(sides)![claim]),
      deciding.size,
    )
    for (const [index, sides] of family.entries())
      claims.set(sides, { ...claims.get(sides)!, [claim]: adjusted[index]! })
  }
  return cells.flat().map((sides): Across => {
    const difference = welchDifference(sides.old, sides.new, confidence)
    const { low, high } = difference
    return {
      workload: sides.arm.workload.name,
      contender: sides.arm.contender,
      metric: sides.metric,
      unit: metricFacts[sides.metric].unit,
      better: sides.better,
      point: pointOf(sides.arm.point),
      ratio: Math.exp(difference.mean),
      ...(low === undefined || high === undefined
        ? {}
        : { low: Math.exp(low), high: Math.exp(high) }),
      confidence,
      verdict: judge(difference, claims.get(sides), confidence, sides.better),
      deciding: deciding.has(sides),
      blocks: { old: sides.old.length, new: sides.new.length },
    }
  })
}
