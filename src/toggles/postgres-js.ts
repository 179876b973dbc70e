/** Toggle: the client library `postgres` in place of `pg`, without what its other defaults would add. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'postgres-js',
  summary: 'Use the client library postgres (porsager) in place of pg.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'Another API; @fastify/postgres and what builds on pg are lost. Unprepared statements take two round trips.',
  counterpart: 'asyncpg in place of psycopg',
  docs: 'https://github.com/porsager/postgres',
  fill: () => ({
    driver: async () => (await import('../database/drivers/postgres-js.ts')).postgresJsDriver,
  }),
})
