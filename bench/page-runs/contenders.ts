/** What the pages' contenders are called on the command line. A level that gets another name is renamed here alone. */

/** The peers and their levels. */
export const peers = {
  gin: 'gin:default',
  ginTuned: 'gin:tuned',
  express: 'express:default',
  expressTuned: 'express:tuned',
  nest: 'nest:default',
  fastapi: 'fastapi:default',
  fastapiTuned: 'fastapi:tuned',
  /** A connection for each request. */
  fastapiUnpooled: 'fastapi:unpooled',
  /** A synchronous driver inside async endpoints. */
  fastapiBlocking: 'fastapi:blocking',
  /** Models of answers made in the request. */
  fastapiUncachedSchemas: 'fastapi:uncached-schemas',
  fastapiOrjson: 'fastapi:orjson',
  fastapiMsgspec: 'fastapi:msgspec',
  /** One process for each core. */
  fastapiWorkers: 'fastapi:workers',
  /** 2 x cores + 1 processes. */
  fastapiGunicorn: 'fastapi:gunicorn',
} as const

/** Our profile with one toggle added. */
const withToggle = (toggle: string): string => `baseline+${toggle}`

/** Our own profiles. */
export const profiles = {
  baseline: 'baseline',
  tuned: 'tuned',
  compilePerRequest: withToggle('compile-per-request'),
  connectionPerRequest: withToggle('connection-per-request'),
  blockingCall: withToggle('blocking-call'),
  responseSchema: withToggle('response-schema'),
  nativeSerializer: withToggle('native-serializer'),
  preserializedPayload: withToggle('preserialized-payload'),
  databasePool: withToggle('database-pool'),
  rowCache: withToggle('row-cache'),
  workers: withToggle('workers'),
  workersTwiceCoresPlusOne: withToggle('workers={"count":"twice-cores-plus-one"}'),
} as const
