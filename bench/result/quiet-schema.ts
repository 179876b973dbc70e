/** The shape of what a run knows of its machine's quiet. */
import { Type, type Static } from '@sinclair/typebox'
import { count, nanoseconds } from './schema-parts.ts'

const reading = {
  /** CPU time that all cores had, idle or not. */
  machineNs: nanoseconds,
  /** Of it, what the hypervisor gave to other guests. */
  stealNs: nanoseconds,
  /** Of it, what processes used that are no part of the run; absent where a part of the run is not known. */
  othersNs: Type.Optional(nanoseconds),
  /** Time in which a task waited for a CPU, be it a part of the run; absent where the kernel does not tell. */
  pressure: Type.Optional(Type.Object({ someNs: nanoseconds, elapsedNs: nanoseconds })),
}

const readingSchema = Type.Object(reading)

/** Checkpoints of the database server, by who asked for them. */
const checkpointsSchema = Type.Object({ timed: count, requested: count })

/** What else the machine did while a cell of a block was warmed up and measured. */
export const quietSchema = Type.Object({
  block: count,
  workload: Type.String(),
  connections: Type.Integer({ minimum: 1 }),
  ...reading,
  /** That the database wrote meanwhile; absent where it wrote none, and where it was not asked. */
  checkpoints: Type.Optional(checkpointsSchema),
})

export type QuietReading = Static<typeof readingSchema>
export type Quiet = Static<typeof quietSchema>
