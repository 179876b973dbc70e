/** Fills an empty database with our tables and rows, and marks it with the version of both. */
import type { ClientBase } from 'pg'
import { dataVersion, type Table } from '../data.ts'
import { fortune } from '../data/fortune.ts'
import { links } from '../data/links.ts'
import { orders } from '../data/orders.ts'
import { posts } from '../data/posts.ts'
import { users } from '../data/users.ts'
import { world } from '../data/world.ts'

/** Holds one row with the version: the mark by which we know a database as ours. */
export const markTable = 'gapwise_data'

/** How many rows each table is seeded with. */
export const seededRows = (): Record<string, number> => {
  const countOf = <Row>(table: Table<Row>): [string, number] => [table.name, table.rows().length]
  return Object.fromEntries([
    countOf(world),
    countOf(fortune),
    countOf(posts),
    countOf(users),
    countOf(links),
    countOf(orders),
  ])
}

const fill = async <Row>(client: ClientBase, table: Table<Row>): Promise<void> => {
  await client.query(table.ddl)
  const rows = table.rows()
  if (rows.length > 0) {
    const names = table.columns.map(({ name }) => name).join(', ')
    const arrays = table.columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')
    await client.query(
      `INSERT INTO ${table.name} (${names}) OVERRIDING SYSTEM VALUE SELECT * FROM unnest(${arrays})`,
      table.columns.map(({ value }) => rows.map(value)),
    )
  }
  if (table.after) await client.query(table.after)
}

/** The version that a database is marked with, or undefined when it has no mark of ours. */
export const markedVersion = async (client: ClientBase): Promise<number | undefined> => {
  // A look into the catalogue itself: to_regclass may answer from a cache that another session's commit has outrun.
  const found = await client.query(
    `SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relname = $1`,
    [markTable],
  )
  if (found.rowCount === 0) return undefined
  const { rows } = await client.query<{ version: number }>(
    `SELECT version FROM public.${markTable}`,
  )
  return rows[0]?.version
}

/** Names of all relations in a database that neither PostgreSQL nor an extension put there. */
export const userRelations = async (client: ClientBase): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY name`)
  return rows.map(({ name }) => name)
}

/**
 * Makes and fills all tables in one transaction, so a database is either whole or as it was before.
 * Of two callers at once one fills and the other finds it filled.
 */
export const seed = async (client: ClientBase): Promise<void> => {
  await client.query('BEGIN')
  try {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('${markTable}'))`)
    if ((await markedVersion(client)) === dataVersion) {
      await client.query('ROLLBACK')
      return
    }
    await client.query('SET LOCAL search_path = public')
    await fill(client, world)
    await fill(client, fortune)
    await fill(client, posts)
    await fill(client, users)
    await fill(client, links)
    await fill(client, orders)
    await client.query(
      `CREATE TABLE ${markTable} (version int NOT NULL, seeded_at timestamptz NOT NULL DEFAULT now())`,
    )
    await client.query(`INSERT INTO ${markTable} (version) VALUES ($1)`, [dataVersion])
    await client.query('COMMIT')
  } catch (error) {
    // On a broken connection this fails too, and the first error is the one that tells why.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
  // Autovacuum is off, so the planner's statistics and the visibility map are made here, once.
  await client.query('VACUUM ANALYZE')
}
