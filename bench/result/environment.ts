/** Shape of a result file's `environment`: the machine, its state and the versions a reader needs. */
import { Type, type Static } from '@sinclair/typebox'

const versioned = Type.Object({ name: Type.String(), version: Type.String() })

/** Load of the machine at one moment; only differences of the ticks mean anything. */
const pressureSchema = Type.Object({
  /** Mean runnable tasks over 1, 5 and 15 minutes. */
  loadAverage: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
  /** Ticks of all cores that the hypervisor gave to others, and ticks in all; absent where not readable. */
  stealTicks: Type.Optional(Type.Number()),
  totalTicks: Type.Optional(Type.Number()),
})

export const environmentSchema = Type.Object({
  cpu: Type.String(),
  cores: Type.Integer({ minimum: 1 }),
  /** What may run on which cores, in words. */
  coreBudget: Type.String(),
  memoryBytes: Type.Number(),
  kernel: Type.String(),
  arch: Type.String(),
  /** A guest of a hypervisor; absent where it cannot be told. */
  virtual: Type.Optional(Type.Boolean()),
  /** CPU frequency governor of core 0, where readable. */
  governor: Type.Optional(Type.String()),
  openFilesLimit: Type.Optional(Type.Number()),
  /** Of the bench itself; contenders state their own. */
  node: Type.String(),
  v8: Type.String(),
  undici: Type.String(),
  gapwise: Type.String(),
  /** Absent outside of a git checkout. */
  git: Type.Optional(Type.Object({ commit: Type.String(), dirty: Type.Boolean() })),
  /** SHA-256 of package-lock.json. */
  lockFile: Type.Optional(Type.String()),
  engine: versioned,
  /** Absent when no workload asks the database. */
  database: Type.Optional(
    Type.Object({
      version: Type.String(),
      /** `embedded` or `external`. */
      origin: Type.String(),
      settings: Type.Record(Type.String(), Type.String()),
    }),
  ),
  before: pressureSchema,
  /** Added when the run ends. */
  after: Type.Optional(pressureSchema),
  /** Share of the machine's CPU time that the hypervisor gave to others during the run. */
  stealShare: Type.Optional(Type.Number()),
})

/** One further command that went on with the run (`--resume`). */
export const sittingSchema = Type.Object({
  /** Of the command's processes. */
  id: Type.String(),
  startedAt: Type.String(),
  /** The first that it measured; the windows of its blocks count their start from its own. */
  firstBlock: Type.Integer({ minimum: 0 }),
  git: environmentSchema.properties.git,
  before: pressureSchema,
  after: Type.Optional(pressureSchema),
  stealShare: Type.Optional(Type.Number()),
})

export type Sitting = Static<typeof sittingSchema>
export type Environment = Static<typeof environmentSchema>
export type Pressure = Static<typeof pressureSchema>
export type DatabaseFacts = NonNullable<Environment['database']>
