/** Toggle: requests share a few connections and send queries without waiting for earlier answers. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'pipelined-queries',
  summary:
    'Share the connections among all requests and send each query without waiting for earlier answers.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff: 'A slow query holds up those sent behind it on its connection; cursors do not work.',
  counterpart: 'none in asyncpg; psycopg 3 has pipeline mode',
  docs: 'https://node-postgres.com/features/pipelining',
  requires: [
    {
      toggle: 'prepared-statements',
      when: 'postgres-js',
      because:
        'postgres.js asks for the parameter types of an unprepared statement first and so waits for each answer',
    },
  ],
  fill: () => ({ connections: { hold: 'pipelined' } }),
})
