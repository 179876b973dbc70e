/** The steps from bad habits by the quick start to the tuned app, in the order in which an app is usually tuned. */
import { peers, profiles } from '../page-runs/contenders.ts'
import type { OurStep, Step, TakenStep } from '../parallel.ts'

const { baseline, tuned } = profiles
const { fastapi, fastapiTuned } = peers

const ours = (
  toggle: string,
  replaces: string,
  contender: string,
  base: string = baseline,
): OurStep => ({ toggle, replaces, base, contender })

const theirs = (replaces: string, contender: string, base: string = fastapi): TakenStep => ({
  replaces,
  base,
  contender,
})

const database = { run: 'parallel-database', workload: 'db' } as const
const serializing = { run: 'parallel-json', workload: 'posts', metric: 'cost' } as const
const creating = { run: 'parallel-json', workload: 'users-create', metric: 'stackCost' } as const
const processes = { run: 'parallel-workers', workload: 'db', metric: 'capacity' } as const

const asAWhole = {
  ours: {
    replaces: 'the profile `tuned`, in place of the quick start',
    base: baseline,
    contender: tuned,
  },
  theirs: theirs('all that is advised, and what we give ourselves', fastapiTuned),
} as const

const notBuilt = (what: string) => ({
  ours: { none: `not built yet: no toggle asks ${what}` },
  theirs: { none: `not built yet: no level asks ${what}` },
})

export const steps: readonly Step[] = [
  {
    name: 'cached schemas',
    ...creating,
    ours: ours(
      'compile-per-request',
      'validators and serializers compiled at the start, in place of in each request',
      baseline,
      profiles.compilePerRequest,
    ),
    theirs: theirs(
      'models of answers made once, in place of in each request',
      fastapi,
      peers.fastapiUncachedSchemas,
    ),
  },
  {
    name: 'pool',
    ...database,
    metric: 'stackCost',
    ours: ours(
      'connection-per-request',
      "pg's pool, in place of a connection for each request",
      baseline,
      profiles.connectionPerRequest,
    ),
    theirs: theirs(
      "asyncpg's pool, in place of a connection for each request",
      fastapi,
      peers.fastapiUnpooled,
    ),
  },
  {
    name: 'asynchronous driver',
    ...database,
    metric: 'capacity',
    ours: ours(
      'blocking-call',
      'a driver that waits beside the event loop, in place of one that blocks it',
      baseline,
      profiles.blockingCall,
    ),
    theirs: theirs(
      'asyncpg, in place of a synchronous driver in async endpoints',
      fastapi,
      peers.fastapiBlocking,
    ),
  },
  {
    name: '+ serializer from the schema',
    ...serializing,
    ours: ours(
      'response-schema',
      'a serializer compiled from the response schema, in place of `JSON.stringify`',
      profiles.responseSchema,
    ),
    theirs: { none: 'the quick start has it: a response model, which is serialized in Rust' },
  },
  {
    name: '+ one serializer for all',
    ...serializing,
    ours: ours(
      'native-serializer',
      '`JSON.stringify` set for every route; the quick start writes with it already',
      profiles.nativeSerializer,
    ),
    theirs: theirs('msgspec, in place of the response model', peers.fastapiMsgspec),
  },
  {
    name: '+ text made in the handler',
    ...serializing,
    ours: ours(
      'preserialized-payload',
      '`JSON.stringify` in the handler, so that the framework has only text to send',
      profiles.preserializedPayload,
    ),
    theirs: theirs('orjson, in place of the response model', peers.fastapiOrjson),
  },
  {
    name: '+ pool size',
    ...database,
    metric: 'capacity',
    ours: ours('database-pool', 'four connections in place of ten', profiles.databasePool),
    theirs: { none: 'no level of its own; `tuned` has it' },
  },
  {
    name: '+ workers, one for each core',
    ...processes,
    ours: ours('workers', 'a process for each core, in place of one', profiles.workers),
    theirs: theirs('`--workers` = cores, in place of one process', peers.fastapiWorkers),
  },
  {
    name: '+ workers, 2 x cores + 1',
    ...processes,
    ours: ours(
      'workers',
      '2 x cores + 1 processes, in place of one',
      profiles.workersTwiceCoresPlusOne,
    ),
    theirs: theirs(
      'gunicorn with 2 x cores + 1 workers, in place of one process',
      peers.fastapiGunicorn,
    ),
  },
  { name: '+ PgBouncer', ...database, metric: 'capacity', ...notBuilt('PgBouncer') },
  { name: '+ Redis', ...database, metric: 'capacity', ...notBuilt('Redis') },
  { name: 'tuned as a whole', ...database, metric: 'stackCost', ...asAWhole },
  { name: 'tuned as a whole', ...serializing, ...asAWhole },
  { name: 'tuned as a whole', ...creating, ...asAWhole },
]
