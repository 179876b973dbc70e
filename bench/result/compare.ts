/** Comparisons with the base: intervals each by itself, verdicts of the deciding ones over the family that they are. */
import type { Bound, Comparison, Raw } from '../results.ts'
import { claimsOf, type Claims } from '../stats/claims.ts'
import { holm } from '../stats/holm.ts'
import { estimateMean, exponentiate, type Estimate } from '../stats/interval.ts'
import { pairedLogRatios } from '../stats/paired.ts'
import { isFragile } from '../stats/signed-rank.ts'
import {
  detectableEffect,
  furtherBlocks,
  judge,
  type Better,
  type Verdict,
} from '../stats/verdict.ts'
import { isClientLimited } from './cautions.ts'
import type { ArmCell } from './cells.ts'
import { decidingOf } from './deciding.ts'
import { metricsOf, roundLogs } from './measures.ts'
import { metricFacts, type Metric } from './metrics.ts'
import { isUnsaturated } from './saturation.ts'

type Design = Raw['design']

/** An arm against the base in one metric, before anything is judged. */
interface Pairing {
  readonly arm: ArmCell
  readonly base: ArmCell
  readonly metric: Metric
  readonly better: Better
  /** ln(contender / base) by block. */
  readonly logRatios: readonly number[]
  readonly estimate: Estimate
  /** Undefined with fewer than two blocks. */
  readonly claims: Claims | undefined
}

const pair = (arm: ArmCell, base: ArmCell, metric: Metric, design: Design): Pairing[] => {
  const { better } = metricFacts[metric]
  if (better === undefined) return []
  const logRatios = pairedLogRatios(roundLogs(arm, metric), roundLogs(base, metric))
  if (logRatios.length === 0) return []
  const estimate = estimateMean(logRatios, design.confidence)
  return [
    { arm, base, metric, better, logRatios, estimate, claims: claimsOf(estimate, design.delta) },
  ]
}

/** What is compared with what. */
export interface CompareOrder {
  readonly base: string
  /** Of the family. */
  readonly size: number
  readonly design: Design
  /** Workloads on which the control moved: every verdict there is withheld. */
  readonly moved: ReadonlySet<string>
}

/** What a verdict is read from: the claims, adjusted over the family for its members. */
interface Judged {
  readonly claims: Claims | undefined
  /** Of the intervals that would settle it, and that the smallest detectable effect is stated for. */
  readonly confidence: number
  readonly family?: Comparison['family']
}

const alone = ({ claims }: Pairing, { confidence }: Design): Judged => ({ claims, confidence })

/**
 * Each claim of all members is adjusted by Holm's method on its own: in a run the chance of any false difference
 * is at most 1 - confidence, and so is that of any false `same`. They are different questions (no comparison can
 * be wrong about both at once), so they do not share one budget.
 */
const together = (members: readonly Pairing[], size: number, { confidence }: Design) => {
  const known = members.flatMap(({ claims }) => claims ?? [])
  const [differs, beyond, same] = (['differs', 'beyond', 'same'] as const).map((claim) =>
    holm(
      known.map((claims) => claims[claim]),
      size,
    ),
  ) as [number[], number[], number[]]
  const judged = new Map<Pairing, Judged>()
  let index = 0
  // Bonferroni's level, the strictest of Holm's steps: what passes it is kept whatever the others do.
  const strict = 1 - (1 - confidence) / Math.max(1, size)
  for (const member of members) {
    if (member.claims === undefined)
      judged.set(member, { claims: undefined, confidence: strict, family: { size } })
    else {
      const p = differs[index]!
      const claims = { differs: p, beyond: beyond[index]!, same: same[index]! }
      judged.set(member, { claims, confidence: strict, family: { size, p } })
      index++
    }
  }
  return judged
}

/** Where the generator held a side back, the true ratio lies beyond the one seen. */
const boundOf = ({ arm, base, metric }: Pairing): Bound | undefined => {
  if (metric !== 'capacity') return undefined
  if (isClientLimited(arm)) return isClientLimited(base) ? 'unknown' : 'at-least'
  return isClientLimited(base) ? 'at-most' : undefined
}

/** The words that a one-sided limit of capacity still carries. */
const boundVerdicts: Readonly<Record<Bound, readonly Verdict[]>> = {
  'at-least': ['better', 'slightly better'],
  'at-most': ['worse', 'slightly worse'],
  unknown: [],
}

const rowOf = (
  pairing: Pairing,
  judged: Judged,
  { design, moved }: Pick<CompareOrder, 'design' | 'moved'>,
): Comparison => {
  const { arm, base, metric, better, logRatios, estimate } = pairing
  const { confidence, delta } = design
  const { value: ratio, ...ends } = exponentiate(estimate)
  const bound = boundOf(pairing)
  const said = judge(estimate, judged.claims, confidence, better)
  const controlMoved = moved.has(arm.workload.name)
  const carried = bound === undefined || boundVerdicts[bound].includes(said)
  const verdict = carried && !controlMoved ? said : 'unresolved'
  const further =
    verdict === 'unresolved' && bound === undefined && !controlMoved
      ? furtherBlocks(estimate, delta, judged.confidence)
      : undefined
  const detectable = detectableEffect(estimate, judged.confidence)
  const notSaturated = metric === 'capacity' && [arm, base].some(isUnsaturated)
  const claimsDifference = verdict !== 'unresolved' && verdict !== 'same'
  const fragile = claimsDifference && isFragile(logRatios, estimate, confidence)
  return {
    workload: arm.workload.name,
    metric,
    unit: metricFacts[metric].unit,
    better,
    point: arm.point,
    base: base.contender,
    contender: arm.contender,
    ratio,
    ...ends,
    confidence,
    verdict,
    blocks: estimate.blocks,
    ...(pairing.claims === undefined ? {} : { p: pairing.claims.differs }),
    ...(judged.family === undefined ? {} : { family: judged.family }),
    ...(fragile ? { fragile } : {}),
    ...(further === undefined ? {} : { furtherBlocks: further }),
    ...(detectable === undefined ? {} : { detectable }),
    ...(bound === undefined ? {} : { bound }),
    ...(notSaturated ? { notSaturated } : {}),
    ...(controlMoved ? { controlMoved } : {}),
  }
}

/**
 * All comparisons of a run, in the order of its cells, contenders and metrics.
 *
 * The comparisons that verdicts are read from (one for each contender and cell, see `decidingOf`) are the family
 * that was declared before the run: their verdicts hold together. All others have a word of their own interval
 * alone, so among many of them some are wrong by chance; reports do not base a verdict on them. Intervals are never
 * adjusted.
 * @param cells with the arms that may have numbers
 */
export const compareCells = (
  cells: readonly (readonly ArmCell[])[],
  order: CompareOrder,
): Comparison[] => {
  const { base, size, design } = order
  const arms = cells.flatMap((cell) => {
    const baseArm = cell.find(({ contender }) => contender === base)
    if (baseArm === undefined) return []
    return cell
      .filter((arm) => arm !== baseArm)
      .map((arm) => metricsOf(arm).flatMap((metric) => pair(arm, baseArm, metric, design)))
  })
  const members = arms.flatMap((pairings) => {
    const arm = pairings[0]?.arm
    return decidingOf(design, arm?.workload.name ?? '', pairings, arm?.point) ?? []
  })
  const judged = together(members, size, design)
  return arms
    .flat()
    .map((pairing) => rowOf(pairing, judged.get(pairing) ?? alone(pairing, design), order))
}
