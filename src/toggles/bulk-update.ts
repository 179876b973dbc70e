/** Toggle: the rows of one request are written by one statement. */
import { Type } from '@sinclair/typebox'
import { bulkUpdateWorlds } from '../database/bulk-update.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'bulk-update',
  summary:
    'Write all rows of a request with one UPDATE … FROM unnest(…) instead of one UPDATE for each.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'All rows or none are written; the locks of all are held together, so requests for the same rows wait longer and could block each other.',
  counterpart: 'executemany sends one statement per row; UPDATE … FROM unnest(…) works there too',
  docs: 'https://www.postgresql.org/docs/current/sql-update.html',
  fill: () => ({ operations: { updateWorlds: bulkUpdateWorlds } }),
})
