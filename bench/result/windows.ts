/** The raw part of a result: windows as they were measured, and the warm-ups before them. */
import { Type, type Static } from '@sinclair/typebox'
import { histogramSchema } from './histogram-schema.ts'
import { count, nanoseconds, pointFields } from './schema-parts.ts'

/** What only a window at a fixed rate has. */
export const pacedSchema = Type.Object({
  /** Of the contender, where it is a share of its own capacity. */
  ratePerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  /** Requests that the schedule held. */
  planned: count,
  /** Of them, sent before the window's end. */
  sentInTime: count,
  /** Never sent. */
  dropped: count,
  /** Sent more than 1 ms late. */
  late: count,
  /** Of those, the ones for which a connection was idle: the generator's doing. */
  lateAlthoughIdle: count,
  /** From the intended time to the checked answer. */
  latency: histogramSchema,
  /** From the actual sending to the checked answer. */
  service: histogramSchema,
  /** From the intended time to the actual sending, of all that were sent. */
  lag: histogramSchema,
})

/** What was counted in any window. */
export const counted = {
  /** Since the run's start. */
  startedAtMs: Type.Number(),
  requests: count,
  errors: Type.Object({ status: count, body: count, socket: count, timeout: count }),
  /** The first failure in words. */
  firstError: Type.Optional(Type.String()),
  elapsedNs: nanoseconds,
  /** Null where the contender's processes are not on this machine. */
  cpuNs: Type.Union([nanoseconds, Type.Null()]),
  /** Null where the database's processes are not on this machine. */
  databaseCpuNs: Type.Union([nanoseconds, Type.Null()]),
  /** Of `databaseCpuNs`, what background processes used that work for all; absent where it is not known. */
  databaseSharedCpuNs: Type.Optional(nanoseconds),
  /** Not in `databaseCpuNs`: what sessions of other databases used meanwhile; absent where it is not taken off. */
  databaseOthersCpuNs: Type.Optional(nanoseconds),
  generatorCpuNs: nanoseconds,
  /** Of the downstream services' stub, which is no contender's cost; absent where it was not asked. */
  upstreamCpuNs: Type.Optional(nanoseconds),
  /** Of the contender's processes, as /proc/PID/io counts; absent in older files and where it is not known. */
  io: Type.Optional(Type.Object({ readCalls: count, writeCalls: count, writtenBytes: count })),
}

export const windowSchema = Type.Object({
  block: count,
  workload: Type.String(),
  ...pointFields,
  contender: Type.String(),
  round: count,
  /** Place in the round, from 0. */
  position: count,
  ...counted,
  /** Present where the point is a rate. */
  paced: Type.Optional(pacedSchema),
})

/**
 * A window at twice the connections of a cell, taken right after its regular round of the same number; it is part of
 * no comparison.
 */
export const plateauWindowSchema = Type.Object({
  ...windowSchema.properties,
  /** Connections of the cell. */
  stated: Type.Integer({ minimum: 1 }),
})

/** What an arm of a cell was driven with before its first window. */
export const warmupSchema = Type.Object({
  block: count,
  workload: Type.String(),
  /** Of the cell that follows: a warm-up itself is always a closed loop. */
  ...pointFields,
  contender: Type.String(),
  requests: count,
  durationMs: Type.Number(),
  /** Its cost no longer fell at the end. */
  steady: Type.Boolean(),
})

export type PlateauWindow = Static<typeof plateauWindowSchema>
export type Window = Static<typeof windowSchema>
export type Paced = Static<typeof pacedSchema>
export type Warmup = Static<typeof warmupSchema>
