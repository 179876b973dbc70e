/** Toggle: statements are named, so each connection parses and plans them once. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'prepared-statements',
  summary: 'Name every statement, so that PostgreSQL parses it once per connection.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'Memory per connection and statement; poolers before PgBouncer 1.21 break it in transaction mode.',
  counterpart: 'asyncpg does it by default (statement_cache_size=100)',
  docs: 'https://node-postgres.com/features/queries#prepared-statements',
  fill: () => ({ statements: { prepare: true } }),
})
