/** Works out everything in a result that follows from its raw windows. Pure, so a reader can do it again. */
import type { Derived, Raw, Summary } from '../results.ts'
import { estimateMean, exponentiate } from '../stats/interval.ts'
import { blockMeans } from '../stats/paired.ts'
import {
  baseMissing,
  besideLoopsWarnings,
  contenderWarnings,
  fragileWarnings,
  gatesOf,
  refusal,
  warmupWarnings,
  warningsOf,
} from './cautions.ts'
import { armCells, type ArmCell } from './cells.ts'
import { compareCells } from './compare.ts'
import {
  controlArms,
  controlGates,
  controlRows,
  controlWarnings,
  movedWorkloads,
} from './control.ts'
import { curvesOf } from './curves.ts'
import { familySize } from './deciding.ts'
import { fewSamplesWarnings } from './few-samples.ts'
import { footprintSummaries } from './footprint.ts'
import { gapsOf } from './gaps.ts'
import { takenOffWarnings } from './lag-cautions.ts'
import { limitsOf } from './limits.ts'
import { metricsOf, roundLogs } from './measures.ts'
import { metricFacts, type Metric } from './metrics.ts'
import { plateauGates, plateauWarnings } from './plateau.ts'
import { quietGates, quietWarnings } from './quiet.ts'
import { studyGates, studyWarnings } from './study-cautions.ts'

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
      point: arm.point,
      ...exponentiate(estimateMean(means, confidence)),
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
  // What does not hold a rate was not driven at it: its numbers are those of another operating point.
  const comparable = sound.map((arms) => arms.filter(({ paced }) => paced?.holdsRate !== false))
  const footprint = footprintSummaries(raw)
  const controls = controlRows(raw)
  const moved = movedWorkloads(controls)
  const comparisons = compareCells(comparable, {
    base,
    size: familySize(cells, base),
    design,
    moved,
  })
  const duplicates = controlArms(raw)
  const limits = limitsOf(raw)
  const curves = curvesOf(raw)
  return {
    ...(limits === undefined ? {} : { limits }),
    ...(curves === undefined ? {} : { curves }),
    summaries: sound
      .flat()
      .flatMap((arm) => metricsOf(arm).flatMap((metric) => summarize(arm, metric, design))),
    comparisons,
    ...(raw.control === undefined ? {} : { controls }),
    gaps: gapsOf(comparable, raw).filter(({ workload }) => !moved.has(workload)),
    attribution: [],
    gates: [
      ...raw.gates.filter(({ basis }) => basis === 'observed'),
      ...cells.flat().flatMap((arm) => [...gatesOf(arm), ...plateauGates(arm, raw)]),
      ...duplicates.flatMap(gatesOf).filter(({ name }) => name === 'errors'),
      ...(raw.design.study === undefined ? controlGates(raw, controls) : []),
      ...studyGates(raw),
      ...quietGates(raw),
    ],
    warnings: [
      ...raw.warnings.filter(({ basis }) => basis === 'observed'),
      ...quietWarnings(raw),
      ...controlWarnings(controls),
      ...refusals,
      ...duplicates.flatMap((arm) => refusal(arm) ?? []),
      ...sound.flatMap((arms, index) => [
        ...arms.flatMap((arm) => [...warningsOf(arm), ...plateauWarnings(arm, raw)]),
        ...baseMissing(comparable[index] ?? [], base),
      ]),
      ...fewSamplesWarnings(sound.flat()),
      ...takenOffWarnings(sound.flat()),
      ...studyWarnings({ ...raw, limits, curves }),
      ...fragileWarnings(comparisons),
      ...contenderWarnings(raw),
      ...besideLoopsWarnings(raw),
      ...warmupWarnings(raw),
    ],
    ...(footprint === undefined ? {} : { footprintSummaries: footprint }),
  }
}
