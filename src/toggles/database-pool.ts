/** Toggle: how many connections the contender holds in total. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'database-pool',
  summary: 'Size the pool of database connections; the number is a total, divided among workers.',
  family: 'database',
  options: Type.Object(
    {
      max: Type.Integer({
        default: 4,
        minimum: 1,
        maximum: 200,
        description: 'Connections of the whole contender.',
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Few connections queue behind a slow query; many cost PostgreSQL memory and context switches.',
  counterpart: 'asyncpg.create_pool(min_size=…, max_size=…)',
  docs: 'https://node-postgres.com/apis/pool',
  fill: ({ max }) => ({ connections: { max } }),
})
