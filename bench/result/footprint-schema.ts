/** The shape of what contenders need besides time: starts, memory, garbage, idle connections, disk. */
import { Type, type Static } from '@sinclair/typebox'
import { count, ends, nanoseconds, oneOf, pointFields } from './schema-parts.ts'

/** Why something is not known, by what it is. */
const unknown = Type.Record(Type.String(), Type.String())

const startSchema = Type.Object({
  block: count,
  workload: Type.String(),
  contender: Type.String(),
  /** From spawning to the first answer with status 200; absent for a server started by somebody else. */
  readyMs: Type.Optional(Type.Number({ minimum: 0 })),
  /** CPU time until then. */
  cpuNs: Type.Optional(nanoseconds),
  /** Resident after the load, and the largest that it has been. */
  memoryBytes: Type.Optional(count),
  peakBytes: Type.Optional(count),
  unknown,
})

const standSchema = Type.Object({
  block: count,
  workload: Type.String(),
  contender: Type.String(),
  /** Of a process that was driven and made to collect its garbage. */
  garbage: Type.Optional(
    Type.Object({
      /** Right answers while collections were counted. */
      requests: count,
      collections: count,
      collectingNs: nanoseconds,
      /** Used after the forced collection, of the main threads of all processes. */
      heapBytes: count,
      /** Resident then, where it can be read. */
      memoryBytes: Type.Optional(count),
    }),
  ),
  /** Of another process, with connections that do nothing. */
  idle: Type.Optional(
    Type.Object({
      connections: count,
      /** Resident before they were opened, and with all of them. */
      withoutBytes: count,
      withBytes: count,
      /** Why there were fewer than usual. */
      fewer: Type.Optional(Type.String()),
    }),
  ),
  unknown,
})

const installSchema = Type.Object({
  contender: Type.String(),
  bytes: Type.Optional(count),
  /** What was counted; or why nothing was. */
  detail: Type.String(),
})

export const footprintSchema = Type.Object({
  /** One for each start of a contender in a trial. */
  starts: Type.Array(startSchema),
  /** With `--footprint` only, as the following. */
  stands: Type.Array(standSchema),
  installs: Type.Array(installSchema),
})

/**
 * In the order in which they are told.
 * - startTime, startCpu: from spawning to the first answer with status 200
 * - memory, peakMemory: resident after the load, and the largest until then
 * - readCalls, writeCalls, writtenBytes: per answer, in counted windows
 * - heap, memoryAfterGc: after a forced collection; collections and collecting (time): per 1,000 answers
 * - idleConnection: what an idle connection adds to resident memory
 * - install: what is on disk to run it
 */
export const footprintMeasures = [
  'startTime',
  'startCpu',
  'memory',
  'peakMemory',
  'readCalls',
  'writeCalls',
  'writtenBytes',
  'heap',
  'memoryAfterGc',
  'collections',
  'collecting',
  'idleConnection',
  'install',
] as const

export type FootprintMeasure = (typeof footprintMeasures)[number]

/** Of one contender over the blocks of a run; exploratory, so no verdict is given. */
export const footprintSummarySchema = Type.Object({
  measure: oneOf(footprintMeasures),
  unit: Type.String(),
  contender: Type.String(),
  workload: Type.Optional(Type.String()),
  /** Operating point, where it is one number for each. */
  connections: Type.Optional(pointFields.connections),
  ratePerSecond: pointFields.ratePerSecond,
  /** Mean over blocks; absent where it is not known. */
  value: Type.Optional(Type.Number()),
  ...ends,
  blocks: count,
  /** Contender / base, geometric mean over blocks; absent for the base, and where a block has nothing above 0. */
  ratio: Type.Optional(Type.Object({ value: Type.Number(), ...ends })),
  /** Why there is no value. */
  unknown: Type.Optional(Type.String()),
})

export type Footprint = Static<typeof footprintSchema>
export type FootprintStart = Static<typeof startSchema>
export type FootprintStand = Static<typeof standSchema>
export type Install = Static<typeof installSchema>
export type FootprintSummary = Static<typeof footprintSummarySchema>
