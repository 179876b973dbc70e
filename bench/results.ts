/** The result document: the one shape that a run writes, `--json` prints and every report reads. */
import { Type, type Static } from '@sinclair/typebox'
import { comparisonSchema, gapSchema } from './result/comparison.ts'
import { controlFactsSchema, controlRowSchema } from './result/control-schema.ts'
import { designSchema } from './result/design-schema.ts'
import { environmentSchema, sittingSchema } from './result/environment.ts'
import { footprintSchema, footprintSummarySchema } from './result/footprint-schema.ts'
import { quietSchema } from './result/quiet-schema.ts'
import { ends, metric, oneOf, point, pointFields } from './result/schema-parts.ts'
import { capacitySchema, curveSchema, limitSchema, probeSchema } from './result/study-schema.ts'
import { plateauWindowSchema, warmupSchema, windowSchema } from './result/windows.ts'

/** Raised when a reader of the old shape would misread the new one; added fields do not count. */
export const schemaVersion = 1

/**
 * Of the rules by which the derived part follows from the windows; raised when they change. A file made by older
 * rules is worked out anew on reading.
 * - 1 (or absent): each verdict from its own interval, no gaps
 * - 2: verdicts of primary metrics hold together over the run (Holm), `fragile`, gaps
 * - 3: gates `quiet`, `saturated` and `busiest`; operating points at fixed rates, with latency
 * - 4: the generator's cost per answer; gates `plateau`, `control` and `database state`;
 *   each percentile of latency is judged by the generator's lag at the same one; dropped requests count as slowest
 * - 5: a percentile needs its answers in all blocks together, and a tenth of them in each
 * - 6: latency is the upper bound without the generator's own lag, shown where the bounds are near; a percentile that
 *   was never sent in some block is withheld; warm-ups that were cut are counted by contender and by workload
 */
export const analysisVersion = 6

const contenderSchema = Type.Object({
  id: Type.String(),
  kind: oneOf(['profile', 'peer', 'url']),
  toggles: Type.Record(Type.String(), Type.Unknown()),
  versions: Type.Record(Type.String(), Type.String()),
  /** Each block had a fresh process of it. */
  fresh: Type.Boolean(),
})

const summarySchema = Type.Object({
  workload: Type.String(),
  contender: Type.String(),
  metric,
  unit: Type.String(),
  point,
  /** Geometric mean over blocks. */
  value: Type.Number(),
  ...ends,
})

const attributionSchema = Type.Object({
  workload: Type.String(),
  metric,
  point,
  toggle: Type.String(),
  /** In ln units: alone on the base, last on the target, their mean and their difference. */
  alone: Type.Number(),
  last: Type.Number(),
  share: Type.Number(),
  interaction: Type.Number(),
})

/** Seen while running, or worked out from the windows; only the latter is recomputed on reading. */
const basis = oneOf(['observed', 'derived'])

/** What a gate or a warning is about; everything when absent. */
const scope = {
  workload: Type.Optional(Type.String()),
  connections: Type.Optional(pointFields.connections),
  ratePerSecond: pointFields.ratePerSecond,
  shareOfCapacity: pointFields.shareOfCapacity,
  contender: Type.Optional(Type.String()),
}

const gateSchema = Type.Object({
  /** `contract`, `identity`, `profile`, `errors`, `generator`, at a fixed rate `rate`, `lag` … */
  name: Type.String(),
  ok: Type.Boolean(),
  basis,
  ...scope,
  value: Type.Optional(Type.Number()),
  limit: Type.Optional(Type.Number()),
  /** In words, where a number does not say it. */
  detail: Type.Optional(Type.String()),
})

const warningSchema = Type.Object({
  /** Stable: `CELL_ERRORS`, `GENERATOR_BOUND` … */
  code: Type.String(),
  message: Type.String(),
  basis,
  ...scope,
})

export const resultSchema = Type.Object(
  {
    schemaVersion: Type.Integer({ minimum: 1 }),
    /** The rules of the derived part; 1 when absent. */
    analysis: Type.Optional(Type.Integer({ minimum: 1 })),
    id: Type.String(),
    state: oneOf(['running', 'partial', 'complete', 'invalid']),
    /** As a person would type it again. */
    command: Type.String(),
    /** UTC, ISO 8601. */
    startedAt: Type.String(),
    finishedAt: Type.Optional(Type.String()),
    seed: Type.Integer(),
    design: designSchema,
    environment: environmentSchema,
    /** Those after the first, which `startedAt` and `environment` are of; absent where the run was made in one. */
    sittings: Type.Optional(Type.Array(sittingSchema)),
    /** The first is the base of all comparisons. */
    contenders: Type.Array(contenderSchema, { minItems: 1 }),
    /** The hidden duplicate of a contender, whose windows are among the others'; absent without one. */
    control: Type.Optional(controlFactsSchema),
    windows: Type.Array(windowSchema),
    /** At twice the connections of closed cells; absent in older files. */
    plateau: Type.Optional(Type.Array(plateauWindowSchema)),
    /** Absent in older files. */
    warmups: Type.Optional(Type.Array(warmupSchema)),
    /** Absent in older files, and where the machine does not tell. */
    quiet: Type.Optional(Type.Array(quietSchema)),
    /** What contenders need besides time; absent in older files. */
    footprint: Type.Optional(footprintSchema),
    /** Where rates are shares of each contender's own capacity; absent elsewhere, like the following. */
    capacities: Type.Optional(Type.Array(capacitySchema)),
    /** Of a study: its windows. */
    probes: Type.Optional(Type.Array(probeSchema)),
    /** Derived from the probes of an `--slo`. */
    limits: Type.Optional(Type.Array(limitSchema)),
    /** Derived from the probes of a `--sweep`. */
    curves: Type.Optional(Type.Array(curveSchema)),
    summaries: Type.Array(summarySchema),
    comparisons: Type.Array(comparisonSchema),
    /** The control against the base, which are no contenders' comparisons; absent without a control. */
    controls: Type.Optional(Type.Array(controlRowSchema)),
    gaps: Type.Array(gapSchema),
    attribution: Type.Array(attributionSchema),
    gates: Type.Array(gateSchema),
    warnings: Type.Array(warningSchema),
    /** Present where `footprint` is. */
    footprintSummaries: Type.Optional(Type.Array(footprintSummarySchema)),
  },
  { $id: 'gapwise-result', title: 'gapwise result' },
)

export type Result = Static<typeof resultSchema>
export type ResultState = Result['state']
export type {
  Footprint,
  FootprintStand,
  FootprintStart,
  FootprintSummary,
  Install,
} from './result/footprint-schema.ts'
export type { Quiet } from './result/quiet-schema.ts'
export type { Bound, Comparison, Gap } from './result/comparison.ts'
export type { Paced, PlateauWindow, Warmup, Window } from './result/windows.ts'
export type { Capacity, Curve, Limit, Probe } from './result/study-schema.ts'
export type Design = Static<typeof designSchema>
export type ContenderFacts = Static<typeof contenderSchema>
export type Summary = Static<typeof summarySchema>
export type Gate = Static<typeof gateSchema>
export type Warning = Static<typeof warningSchema>

/** The part of a result that follows from the rest. */
export type Derived = Pick<
  Result,
  | 'summaries'
  | 'comparisons'
  | 'controls'
  | 'gaps'
  | 'attribution'
  | 'gates'
  | 'warnings'
  | 'footprintSummaries'
  | 'limits'
  | 'curves'
>

/** What the derived part is worked out from; of gates and warnings only the observed ones are read. */
export type Raw = Pick<
  Result,
  | 'design'
  | 'contenders'
  | 'control'
  | 'windows'
  | 'plateau'
  | 'warmups'
  | 'quiet'
  | 'footprint'
  | 'capacities'
  | 'probes'
  | 'gates'
  | 'warnings'
>
