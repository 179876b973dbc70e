/** What every slot holds when no toggle fills it: a clean Fastify quick start with @fastify/postgres. */
import { longestCollatz } from './compute.ts'
import { sequentialOperations } from './database/operations.ts'
import type { Composition, Writer } from './slot.ts'

/** The default size of pg's pool, spelled out because it is a total per contender here. */
const pgDefaultPoolSize = 10

/** Statuses under which an endpoint answers with a value of its own. */
export const successStatuses = [200, 201] as const

/** Fastify writes the answer: with the route's serializer, or with JSON.stringify where there is no schema. */
export const fastifyWriter: Writer = (route, endpoint, serializeOf) => {
  const response: Record<number, unknown> = {}
  const serializers = new Map<string, (value: unknown) => string>()
  for (const status of successStatuses) {
    const serialize = endpoint.schema.response[status] && serializeOf(status)
    if (serialize === undefined) continue
    response[status] = endpoint.schema.response[status]
    serializers.set(String(status), serialize)
  }
  if (serializers.size === 0) return route
  return {
    ...route,
    schema: { ...(route.schema as object), response },
    serializerCompiler: ({ httpStatus }) => serializers.get(httpStatus ?? '200') ?? JSON.stringify,
  }
}

export const quickStart: Composition = {
  launch: { workers: 1, nodeFlags: [] },
  listen: {},
  server: { fastify: {}, http: {} },
  respond: {
    serializer: () => undefined,
    remember: (serialize) => serialize,
    writer: fastifyWriter,
  },
  logging: false,
  auth: async () => (await import('./auth/fast-jwt.ts')).makeFastJwt,
  templates: async () => (await import('./templates/handlebars.ts')).handlebarsTemplates(),
  cache: async () => (await import('./cache/lru.ts')).makeLruCache,
  upstream: async () => (await import('./upstream/fetch.ts')).makeFetchUpstream,
  compute: async () => ({ longestCollatz, close: async () => {} }),
  app: [],
  address: (databaseUrl) => databaseUrl,
  driver: async () => (await import('./database/drivers/pg.ts')).pgDriver,
  connections: { max: pgDefaultPoolSize, hold: 'pooled' },
  statements: { prepare: false, rows: (connections) => connections },
  operations: sequentialOperations,
  wrappers: [],
}
