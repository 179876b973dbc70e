/** Works out everything in a result that follows from its raw windows. Pure, so a reader can do it again. */
import type { Comparison, Derived, Raw, Summary, Warning } from '../results.ts'
import { estimateMean, exponentiate } from '../stats/interval.ts'
import { blockMeans, pairedLogRatios } from '../stats/paired.ts'
import { detectableEffect, furtherBlocks, judge, type Verdict } from '../stats/verdict.ts'
import {
  contenderWarnings,
  gatesOf,
  isClientLimited,
  refusal,
  warmupWarnings,
  warningsOf,
} from './cautions.ts'
import { armCells, metricsOf, roundLogs, type ArmCell } from './cells.ts'
import { metricFacts, type Metric } from './metrics.ts'

type Design = Raw['design']

const summarize = (arm: ArmCell, metric: Metric, { confidence }: Design): Summary[] => {
  const means = blockMeans(roundLogs(arm, metric))
  if (means.length === 0) return []
  return [
    {
      workload: arm.workload.name,
      contender: arm.contender,
      metric,
      unit: metricFacts[metric].unit,
      point: { connections: arm.connections },
      ...exponentiate(estimateMean(means, confidence)),
    },
  ]
}

/** Where the generator held a side back, the true ratio lies beyond the one seen. */
const boundOf = (arm: ArmCell, base: ArmCell, metric: Metric): Comparison['bound'] => {
  if (metric !== 'capacity') return undefined
  if (isClientLimited(arm)) return isClientLimited(base) ? 'unknown' : 'at-least'
  return isClientLimited(base) ? 'at-most' : undefined
}

/** The words that a one-sided limit of capacity still carries. */
const boundVerdicts: Readonly<Record<NonNullable<Comparison['bound']>, readonly Verdict[]>> = {
  'at-least': ['better', 'slightly better'],
  'at-most': ['worse', 'slightly worse'],
  unknown: [],
}

const compare = (arm: ArmCell, base: ArmCell, metric: Metric, design: Design): Comparison[] => {
  const { unit, better } = metricFacts[metric]
  if (better === undefined) return []
  const ratios = pairedLogRatios(roundLogs(arm, metric), roundLogs(base, metric))
  if (ratios.length === 0) return []
  const { confidence, delta } = design
  const logRatio = estimateMean(ratios, confidence)
  const { value: ratio, ...ends } = exponentiate(logRatio)
  const bound = boundOf(arm, base, metric)
  const judged = judge(logRatio, delta, better)
  const verdict =
    bound === undefined || boundVerdicts[bound].includes(judged) ? judged : 'unresolved'
  const further =
    verdict === 'unresolved' && bound === undefined
      ? furtherBlocks(logRatio, delta, confidence)
      : undefined
  const detectable = detectableEffect(logRatio, confidence)
  return [
    {
      workload: arm.workload.name,
      metric,
      unit,
      better,
      point: { connections: arm.connections },
      base: base.contender,
      contender: arm.contender,
      ratio,
      ...ends,
      confidence,
      verdict,
      blocks: logRatio.blocks,
      ...(further === undefined ? {} : { furtherBlocks: further }),
      ...(detectable === undefined ? {} : { detectable }),
      ...(bound === undefined ? {} : { bound }),
    },
  ]
}

const baseMissing = (arms: readonly ArmCell[], base: string): Warning[] => {
  const [first] = arms
  if (first === undefined || arms.some(({ contender }) => contender === base)) return []
  const { workload, connections } = first
  return [
    {
      code: 'BASE_MISSING',
      message: `Nothing is compared on ${workload.name} with ${connections} connections: ${base} has no number there.`,
      basis: 'derived',
      workload: workload.name,
      connections,
    },
  ]
}

/**
 * Summaries, comparisons with the first contender, gates and warnings of a run.
 *
 * A round's value pools its two windows; a block's value is the mean of its rounds' logarithms; a block's
 * log ratio is the mean of the rounds' differences to the base in the same round; intervals are Student t
 * over blocks (reference: Kalibera and Jones 2013, repeat at the level where variance arises).
 */
export const derive = (raw: Raw): Derived => {
  const { design } = raw
  const base = raw.contenders[0]?.id ?? ''
  const cells = armCells(raw)
  const refusals = cells.flat().flatMap((arm) => refusal(arm) ?? [])
  const sound = cells.map((arms) => arms.filter((arm) => refusal(arm) === undefined))
  return {
    summaries: sound
      .flat()
      .flatMap((arm) => metricsOf(arm).flatMap((metric) => summarize(arm, metric, design))),
    comparisons: sound.flatMap((arms) => {
      const baseArm = arms.find(({ contender }) => contender === base)
      if (baseArm === undefined) return []
      return arms
        .filter((arm) => arm !== baseArm)
        .flatMap((arm) => metricsOf(arm).flatMap((metric) => compare(arm, baseArm, metric, design)))
    }),
    gaps: [],
    attribution: [],
    gates: [
      ...raw.gates.filter(({ basis }) => basis === 'observed'),
      ...cells.flat().flatMap(gatesOf),
    ],
    warnings: [
      ...raw.warnings.filter(({ basis }) => basis === 'observed'),
      ...refusals,
      ...sound.flatMap((arms) => [...arms.flatMap(warningsOf), ...baseMissing(arms, base)]),
      ...contenderWarnings(raw),
      ...warmupWarnings(raw),
    ],
  }
}
