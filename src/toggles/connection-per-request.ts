/** Toggle (anti): opens a database connection for each request and closes it afterwards. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'connection-per-request',
  summary: 'Open a database connection for each request and close it afterwards.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'Each request pays for a new backend process; under load the server runs out of connections.',
  counterpart: 'asyncpg.connect() or psycopg.connect() inside the endpoint',
  docs: 'https://node-postgres.com/features/pooling',
  excludes: {
    'database-pool': 'without a pool there is nothing to size',
    'prepared-statements':
      'a statement prepared on a connection that serves one request is never used again',
  },
  anti: true,
  fill: () => ({ connections: { hold: 'per-request' } }),
})
