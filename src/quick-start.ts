/** What every slot holds when no toggle fills it: a clean Fastify quick start with @fastify/postgres. */
import { sequentialOperations } from './database/operations.ts'
import type { Composition } from './slot.ts'

/** The default size of pg's pool, spelled out because it is a total per contender here. */
const pgDefaultPoolSize = 10

export const quickStart: Composition = {
  launch: { workers: 1 },
  listen: {},
  server: { fastify: {}, http: {} },
  /** Without a response schema Fastify writes answers with JSON.stringify. */
  respond: (route) => {
    const { response: _unused, ...schema } = (route.schema ?? {}) as { response?: unknown }
    return { ...route, schema }
  },
  logging: false,
  app: [],
  address: (databaseUrl) => databaseUrl,
  driver: async () => (await import('./database/drivers/pg.ts')).pgDriver,
  connections: { max: pgDefaultPoolSize, hold: 'pooled' },
  statements: { prepare: false },
  operations: sequentialOperations,
  wrappers: [],
}
