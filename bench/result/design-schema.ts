/** Shape of a result file's `design`: what was decided before the first window. */
import { Type } from '@sinclair/typebox'
import { count, metric, oneOf, pointFields } from './schema-parts.ts'
import { studySchema } from './study-schema.ts'

const floorFactsSchema = Type.Object({
  share: Type.Number({ minimum: 0 }),
  runId: Type.String(),
  measuredAt: Type.String(),
  blocks: count,
  firm: Type.Boolean(),
})

/** What was decided before the first window. */
export const designSchema = Type.Object({
  workloads: Type.Array(
    Type.Object({
      name: Type.String(),
      bottleneck: oneOf(['server', 'database']),
      /** Requests reach the database, whose CPU time is then part of the cost. */
      database: Type.Boolean(),
      /** The metric that the verdict is given in. */
      primary: metric,
    }),
  ),
  /** Operating points in a closed loop. */
  connections: Type.Array(Type.Integer({ minimum: 1 })),
  /** Operating points at rates; absent without any, as in older files. */
  paced: Type.Optional(
    Type.Array(
      Type.Object({
        ...pointFields,
        /** Sent before each window and not counted. */
        settleMs: Type.Number(),
        windowMs: Type.Number(),
        rounds: count,
      }),
    ),
  ),
  /** What was asked in place of operating points, which are none then. */
  study: Type.Optional(studySchema),
  budgetMs: Type.Number(),
  /** Expected by the plan; the windows tell how many were done. */
  blocks: count,
  /** Per closed cell and block, two windows per contender each. */
  rounds: count,
  /** With those that a block takes while its own mean is rough; as `rounds` when absent. */
  mostRounds: Type.Optional(count),
  /** Of closed cells. */
  windowMs: Type.Number(),
  /** The longest warm-up of one contender in a cell. */
  warmupMs: Type.Number(),
  /** Cores that each contender has to itself; absent in older files, and where it shares them with the generator. */
  contenderCores: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Contenders that gaps are told to, in several metrics; absent where they are told to every peer, in one. */
  against: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  /** Half-width of the family's intervals at which the run was to stop, as a share; absent where it was not asked for. */
  precision: Type.Optional(Type.Number()),
  /** What each answer of the downstream services waited; absent where no workload asks them. */
  upstreamLatencyMs: Type.Optional(Type.Number()),
  /** Of all intervals, such as 0.95. */
  confidence: Type.Number(),
  /** Largest difference that does not matter, as a share: 0.02, or the machine's floor where that is firm and larger. */
  delta: Type.Number(),
  /** By how much two identical servers seemed to differ in an earlier `gapwise noise` on this machine. */
  floor: Type.Optional(floorFactsSchema),
  /** Too few blocks, or quick: every verdict is a first look. */
  indicative: Type.Boolean(),
})
