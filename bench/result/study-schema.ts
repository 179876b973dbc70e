/** What a study leaves in a result: capacities and probes as they were measured, limits and curves that follow from them. */
import { Type, type Static } from '@sinclair/typebox'
import { count, ends, nanoseconds, oneOf } from './schema-parts.ts'
import { counted, pacedSchema } from './windows.ts'

const positive = Type.Number({ exclusiveMinimum: 0 })

/** What a run asks that has a study in place of operating points. */
export const studySchema = Type.Union([
  Type.Object({
    kind: Type.Literal('slo'),
    limits: Type.Array(
      Type.Object({ metric: oneOf(['latencyP50', 'latencyP99']), limitUs: positive }),
      { minItems: 1 },
    ),
    settleMs: Type.Number(),
  }),
  Type.Object({
    kind: Type.Literal('sweep'),
    shares: Type.Array(positive),
    windows: count,
    windowMs: Type.Number(),
    settleMs: Type.Number(),
  }),
])

/** Requests per second of a contender in a block, in a closed loop: what its own rates are shares of. */
export const capacitySchema = Type.Object({
  block: count,
  workload: Type.String(),
  contender: Type.String(),
  /** Of the cell that it is for, where that is an operating point. */
  shareOfCapacity: Type.Optional(positive),
  connections: Type.Integer({ minimum: 1 }),
  requests: count,
  elapsedNs: nanoseconds,
  perSecond: Type.Number({ minimum: 0 }),
})

/** One window of a study, at a rate of the contender's own. */
export const probeSchema = Type.Object({
  block: count,
  workload: Type.String(),
  contender: Type.String(),
  /** From 0 in each block: of the contender's search, or of the sweep's order. */
  step: count,
  /** Of a sweep. */
  shareOfCapacity: Type.Optional(positive),
  ratePerSecond: positive,
  connections: Type.Integer({ minimum: 1 }),
  windowMs: Type.Number(),
  ...counted,
  paced: pacedSchema,
})

const obstacle = oneOf(['latency', 'rate', 'errors', 'lag'])

/** The highest rate at which a contender keeps the limits. */
export const limitSchema = Type.Object({
  workload: Type.String(),
  contender: Type.String(),
  /** Geometric mean over the blocks that found one; absent where none did. */
  ratePerSecond: Type.Optional(positive),
  ...ends,
  /** To the base, over the blocks in which both found one. */
  ratio: Type.Optional(
    Type.Object({ base: Type.String(), value: positive, ...ends, blocks: count }),
  ),
  blocks: Type.Array(
    Type.Object({
      block: count,
      capacityPerSecond: positive,
      ratePerSecond: Type.Optional(positive),
      /** Where none was found: the lowest rate that did not pass, or was not confirmed. */
      refused: Type.Optional(positive),
      bracketLow: Type.Optional(positive),
      bracketHigh: Type.Optional(positive),
      confirmed: count,
      confirmations: count,
      /** What is in the way of more. */
      limitedBy: Type.Optional(obstacle),
      probes: count,
    }),
  ),
})

/** A value over blocks, with the smallest and the largest of them. */
const spread = Type.Object({ value: Type.Number(), least: Type.Number(), most: Type.Number() })

/** Latency of a contender by rate. */
export const curveSchema = Type.Object({
  workload: Type.String(),
  contender: Type.String(),
  points: Type.Array(
    Type.Object({
      shareOfCapacity: positive,
      /** Geometric mean over blocks. */
      ratePerSecond: positive,
      /** Requests per second sent in time. */
      achievedRate: Type.Number({ minimum: 0 }),
      /** 99 of 100 were sent in time and none failed; latency is shown only where they were. */
      held: Type.Boolean(),
      /** Where it was not held: connections were idle, so it is the generator that could not send so fast. */
      unsent: Type.Optional(Type.Boolean()),
      blocks: count,
      /** In microseconds; absent where there were too few answers, or the generator was late. */
      latencyP50: Type.Optional(spread),
      latencyP99: Type.Optional(spread),
    }),
  ),
  /** Of the capacity: the first share whose p99 is more than three times that at 30 %; absent where there is none. */
  knee: Type.Optional(positive),
  /** Why a knee could not be looked for: no p99 at the reference. */
  kneeUnknown: Type.Optional(Type.Boolean()),
  /** The highest share that was held with all below it, but for those that the generator could not send. */
  held: Type.Optional(positive),
})

export type Capacity = Static<typeof capacitySchema>
export type Probe = Static<typeof probeSchema>
export type Limit = Static<typeof limitSchema>
export type Curve = Static<typeof curveSchema>
