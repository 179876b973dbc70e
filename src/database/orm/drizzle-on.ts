/** Drizzle on any session of ours, whatever the driver: it builds the text and reads the rows. */
import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy'
import type { Session, Statement } from '../../database.ts'

const statements = new Map<string, Statement>()

/** The statement with this text. Values never stand in a text, so there are as many as the program has queries. */
function statementOf(text: string): Statement {
  const known = statements.get(text)
  if (known !== undefined) return known
  const made: Statement = { name: `orm-${statements.size + 1}`, text, rowMode: 'array' }
  statements.set(text, made)
  return made
}

/** A query builder whose queries run on this session. */
export const drizzleOn = (session: Session): PgRemoteDatabase =>
  drizzle(async (text, values: unknown[]) => ({
    rows: await session.query<unknown[]>(statementOf(text), values),
  }))
