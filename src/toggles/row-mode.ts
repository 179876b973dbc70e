/** Toggle: rows arrive as arrays and become objects by position. */
import { Type } from '@sinclair/typebox'
import { readByPosition } from '../database/statements/by-position.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'row-mode',
  summary:
    'Take rows from the driver as arrays and make objects of them by position, with a function compiled for each statement.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'Each statement must list its columns in their order: a list that no longer fits gives wrong fields, not an error.',
  counterpart: 'asyncpg.Record: values by position until a name is asked for',
  docs: 'https://node-postgres.com/features/queries#row-mode',
  fill: () => ({ statements: { rows: readByPosition } }),
})
