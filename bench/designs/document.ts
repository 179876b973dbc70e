/** The document that a comparison of designs leaves: every window, by pair, block and design. */
import { Type, type Static } from '@sinclair/typebox'
import { environmentSchema } from '../result/environment.ts'
import { count, oneOf } from '../result/schema-parts.ts'

const numbers = Type.Array(Type.Integer({ minimum: 0 }))

/** One arm's windows of a stretch in the order in which they were taken; whole microseconds. */
const seriesSchema = Type.Object({
  requests: numbers,
  elapsedUs: numbers,
  /** Of the arm's own processes. */
  cpuUs: numbers,
  /** Of the database, where the workload reaches it. */
  databaseCpuUs: Type.Optional(numbers),
  generatorCpuUs: numbers,
})

const stretchSchema = Type.Object({
  block: count,
  base: Type.String(),
  contender: Type.String(),
  design: Type.String(),
  /** By round, whether it was base, contender, contender, base; else the other way about. */
  baseFirst: Type.Array(Type.Boolean()),
  baseWindows: seriesSchema,
  contenderWindows: seriesSchema,
})

export const designsSchema = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    id: Type.String(),
    state: oneOf(['running', 'partial', 'complete']),
    command: Type.String(),
    startedAt: Type.String(),
    finishedAt: Type.Optional(Type.String()),
    seed: Type.Integer(),
    workload: Type.String(),
    connections: Type.Integer({ minimum: 1 }),
    /** Of every interval, such as 0.95. */
    confidence: Type.Number(),
    environment: environmentSchema,
    designs: Type.Array(
      Type.Object({
        name: Type.String(),
        windowMs: Type.Number(),
        settleMs: Type.Number(),
        /** Both arms loaded in the same window. */
        atOnce: Type.Boolean(),
      }),
      { minItems: 1 },
    ),
    /** The one that the others have to agree with. */
    reference: Type.String(),
    pairs: Type.Array(Type.Object({ base: Type.String(), contender: Type.String() })),
    /** Planned. */
    blocks: count,
    stretches: Type.Array(stretchSchema),
  },
  { $id: 'gapwise-designs', title: 'gapwise comparison of designs' },
)

export type DesignsDocument = Static<typeof designsSchema>
export type StretchRecord = Static<typeof stretchSchema>
export type Series = Static<typeof seriesSchema>
