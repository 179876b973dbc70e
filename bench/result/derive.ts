/** Works out everything in a result that follows from its raw windows. Pure, so a reader can do it again. */
import type { Derived, Raw, Summary, Warning } from '../results.ts'
import { estimateMean, exponentiate } from '../stats/interval.ts'
import { blockMeans } from '../stats/paired.ts'
import {
  contenderWarnings,
  fragileWarnings,
  gatesOf,
  refusal,
  warmupWarnings,
  warningsOf,
} from './cautions.ts'
import { armCells, metricsOf, roundLogs, type ArmCell } from './cells.ts'
import { compareCells } from './compare.ts'
import { familySize } from './deciding.ts'
import { gapsOf } from './gaps.ts'
import { metricFacts, type Metric } from './metrics.ts'
import { quietGates, quietWarnings } from './quiet.ts'

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
 * Summaries, comparisons with the first contender, gaps to peers, gates and warnings of a run.
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
  const comparisons = compareCells(sound, base, familySize(cells, base), design)
  return {
    summaries: sound
      .flat()
      .flatMap((arm) => metricsOf(arm).flatMap((metric) => summarize(arm, metric, design))),
    comparisons,
    gaps: gapsOf(sound, raw),
    attribution: [],
    gates: [
      ...raw.gates.filter(({ basis }) => basis === 'observed'),
      ...cells.flat().flatMap(gatesOf),
      ...quietGates(raw),
    ],
    warnings: [
      ...raw.warnings.filter(({ basis }) => basis === 'observed'),
      ...quietWarnings(raw),
      ...refusals,
      ...sound.flatMap((arms) => [...arms.flatMap(warningsOf), ...baseMissing(arms, base)]),
      ...fragileWarnings(comparisons),
      ...contenderWarnings(raw),
      ...warmupWarnings(raw),
    ],
  }
}
