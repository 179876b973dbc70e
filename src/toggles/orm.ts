/** Toggle: queries are built by an ORM, Drizzle. */
import { Type } from '@sinclair/typebox'
import { ormOperations } from '../database/orm.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'orm',
  summary: 'Build every query with an ORM (Drizzle) in place of SQL that is written out.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'CPU time: each request builds its query and maps its rows anew. With prepared-statements PostgreSQL parses ' +
    'a text once, but the text is still built each time.',
  counterpart: 'SQLAlchemy',
  docs: 'https://orm.drizzle.team/docs/get-started-postgresql',
  subsumes: ['row-mode'],
  fill: () => ({ operations: ormOperations }),
})
