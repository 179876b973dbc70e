/** What a comparison of designs shows: the ratio by each design, whether it agrees with the reference, how narrow it is. Pure. */
import { mean, median, sampleStandardDeviation } from 'simple-statistics'
import { estimateMean, type Estimate } from '../stats/interval.ts'
import type { DesignsDocument, Series, StretchRecord } from './document.ts'

/** What designs are judged by. */
export const designMetrics = ['cost', 'capacity'] as const
export type DesignMetric = (typeof designMetrics)[number]

/** One design on one pair. All logarithms: ln(contender / base). */
export interface Finding {
  readonly base: string
  readonly contender: string
  readonly design: string
  readonly metric: DesignMetric
  readonly ratio: Estimate
  /** Standard error of a block's mean from its own rounds alone, median over blocks. */
  readonly withinBlock: number
  /** Design minus reference, block by block, at the family's confidence; absent for the reference itself. */
  readonly disagreement?: Estimate
  /** The interval of the disagreement holds 0. */
  readonly agrees: boolean
}

/** One design over all pairs. */
export interface Score {
  readonly design: string
  readonly metric: DesignMetric
  /** It agrees with the reference on every pair. */
  readonly qualifies: boolean
  /** Root mean square over pairs of half the interval's width. */
  readonly halfWidth: number
  /** The largest disagreement by size. */
  readonly worst: number
}

/** ln(c / a) - ln(b / a) - ln(c / b), each measured on its own: 0 where a design is consistent. */
export interface Residual {
  readonly design: string
  readonly metric: DesignMetric
  /** a, b, c */
  readonly chain: readonly [string, string, string]
  readonly residual: Estimate
}

export interface DesignAnalysis {
  readonly findings: readonly Finding[]
  readonly scores: readonly Score[]
  readonly residuals: readonly Residual[]
  /** Of each interval of disagreement, so that all of one design hold together (Bonferroni). */
  readonly familyConfidence: number
}

/** Sums of the windows of each round; `size` windows make a round. */
const rounded = (values: readonly number[], size: number): number[] =>
  Array.from({ length: Math.floor(values.length / size) }, (_, round) =>
    values.slice(round * size, (round + 1) * size).reduce((sum, value) => sum + value, 0),
  )

const logsOf = (series: Series, metric: DesignMetric, size: number): number[] => {
  const requests = rounded(series.requests, size)
  if (metric === 'capacity') {
    const elapsed = rounded(series.elapsedUs, size)
    return requests.map((count, round) => Math.log(count / (elapsed[round] ?? Number.NaN)))
  }
  const cpu = rounded(series.cpuUs, size)
  const database = rounded(series.databaseCpuUs ?? [], size)
  return requests.map((count, round) =>
    Math.log(((cpu[round] ?? Number.NaN) + (database[round] ?? 0)) / count),
  )
}

/** ln(contender / base) by round. */
const ratiosOf = (stretch: StretchRecord, metric: DesignMetric, size: number): number[] => {
  const base = logsOf(stretch.baseWindows, metric, size)
  return logsOf(stretch.contenderWindows, metric, size)
    .map((log, round) => log - (base[round] ?? Number.NaN))
    .filter(Number.isFinite)
}

const standardError = (values: readonly number[]): number =>
  values.length < 2 ? Number.NaN : sampleStandardDeviation([...values]) / Math.sqrt(values.length)

/** Of designs with one round in a block nothing is known. */
const withinBlock = (blocks: readonly (readonly number[])[]): number => {
  const errors = blocks.map(standardError).filter(Number.isFinite)
  return errors.length === 0 ? Number.NaN : median(errors)
}

const halfWidthOf = ({ mean: center, high }: Estimate): number => (high ?? Infinity) - center

/** Block values by design, metric and pair. */
type Values = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>

const key = (design: string, metric: string, base: string, contender: string): string =>
  [design, metric, base, contender].join('\n')

const valuesOf = ({ stretches, designs }: DesignsDocument): Values => {
  const values = new Map<string, Map<number, number[]>>()
  for (const stretch of stretches) {
    const size = designs.find(({ name }) => name === stretch.design)?.atOnce === true ? 1 : 2
    for (const metric of designMetrics) {
      const name = key(stretch.design, metric, stretch.base, stretch.contender)
      const blocks = values.get(name) ?? new Map<number, number[]>()
      blocks.set(stretch.block, ratiosOf(stretch, metric, size))
      values.set(name, blocks)
    }
  }
  return values
}

/** Block means of several measured things, combined block by block where all have the block. */
const combined = (
  parts: readonly (ReadonlyMap<number, readonly number[]> | undefined)[],
  combine: (means: readonly number[]) => number,
): number[] =>
  [...(parts[0]?.keys() ?? [])].flatMap((block) => {
    const rounds = parts.map((part) => part?.get(block) ?? [])
    return rounds.some((each) => each.length === 0)
      ? []
      : [combine(rounds.map((each) => mean([...each])))]
  })

/** Works a document out; designs, pairs and metrics without two blocks are left out. */
export const analyseDesigns = (document: DesignsDocument): DesignAnalysis => {
  const { designs, pairs, reference, confidence } = document
  const values = valuesOf(document)
  const familyConfidence = 1 - (1 - confidence) / (pairs.length * designMetrics.length)
  const findings = designs.flatMap(({ name: design }) =>
    designMetrics.flatMap((metric) =>
      pairs.flatMap(({ base, contender }): Finding[] => {
        const own = values.get(key(design, metric, base, contender))
        const blocks = combined([own], ([only = Number.NaN]) => only)
        if (own === undefined || blocks.length < 2) return []
        const common = {
          base,
          contender,
          design,
          metric,
          ratio: estimateMean(blocks, confidence),
          withinBlock: withinBlock([...own.values()]),
        }
        if (design === reference) return [{ ...common, agrees: true }]
        const differences = combined(
          [own, values.get(key(reference, metric, base, contender))],
          ([mine = 0, its = 0]) => mine - its,
        )
        if (differences.length < 2) return []
        const disagreement = estimateMean(differences, familyConfidence)
        const { low = -Infinity, high = Infinity } = disagreement
        return [{ ...common, disagreement, agrees: low <= 0 && high >= 0 }]
      }),
    ),
  )
  const scores = [
    ...Map.groupBy(findings, ({ design, metric }) => `${design}\n${metric}`).values(),
  ].map((group): Score => ({
    design: group[0]?.design ?? '',
    metric: group[0]?.metric ?? 'cost',
    qualifies: group.every(({ agrees }) => agrees),
    halfWidth: Math.sqrt(mean(group.map(({ ratio }) => halfWidthOf(ratio) ** 2))),
    worst: Math.max(0, ...group.map(({ disagreement }) => Math.abs(disagreement?.mean ?? 0))),
  }))
  return { findings, scores, residuals: residualsOf(document, values), familyConfidence }
}

const residualsOf = ({ designs, pairs, confidence }: DesignsDocument, values: Values): Residual[] =>
  designs.flatMap(({ name: design }) =>
    designMetrics.flatMap((metric) =>
      pairs.flatMap(({ base: b, contender: c }) => {
        const toB = pairs.find((pair) => pair.contender === b)
        const toC = pairs.find((pair) => pair.base === toB?.base && pair.contender === c)
        if (toB === undefined || toC === undefined) return []
        const measured = [toC, toB, { base: b, contender: c }].map(({ base, contender }) =>
          values.get(key(design, metric, base, contender)),
        )
        const blocks = combined(measured, ([ac = 0, ab = 0, bc = 0]) => ac - ab - bc)
        if (blocks.length < 2) return []
        const residual = estimateMean(blocks, confidence)
        return [{ design, metric, chain: [toB.base, b, c] as const, residual }]
      }),
    ),
  )
