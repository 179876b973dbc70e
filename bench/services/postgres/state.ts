/** Asks PostgreSQL for the state of a contender's database: settings, rows, sessions, checkpoints, deadlocks. */
import type { Client } from 'pg'
import type { Checkpoints, DatabaseWatch, StateAfter, StateBefore } from '../../database-state.ts'
import type { Postgres } from '../postgres.ts'
import { seededRows } from '../seed.ts'
import { withClient } from './connect.ts'
import { patiently } from './counters.ts'
import { readSettings } from './databases.ts'

/** Other users' backend_type is hidden from those who are no superuser. */
const strangersIn = (whole: boolean): string => `SELECT count(*)::int AS count FROM pg_stat_activity
  WHERE pid <> pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
    ${whole ? '' : 'AND datname = current_database()'}`

const countOf = async (client: Client, sql: string): Promise<number> =>
  (await client.query<{ count: number }>(sql)).rows[0]?.count ?? 0

/** Rows by table, counted so that the database does not count it: what is read there is evidence (truth.ts). */
const countRows = async (
  client: Client,
  tables: readonly string[],
): Promise<Record<string, number> | undefined> => {
  try {
    await client.query('SET track_counts = off')
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return undefined
    throw error
  }
  const { rows } = await client.query<{ table: string; count: number }>(
    tables
      .map((table) => `SELECT '${table}' AS table, count(*)::int AS count FROM ${table}`)
      .join(' UNION ALL '),
  )
  return Object.fromEntries(rows.map(({ table, count }) => [table, count]))
}

const readBefore = (
  databaseUrl: string,
  tables: readonly string[],
  whole: boolean,
): Promise<StateBefore> =>
  withClient(databaseUrl, async (client) => {
    const sql = strangersIn(whole)
    // A session that has just been closed is seen for a moment longer.
    const alone = await patiently(async () => (await countOf(client, sql)) === 0)
    return {
      settings: await readSettings(client),
      rows: await countRows(client, tables),
      strangers: alone ? 0 : await countOf(client, sql),
    }
  })

const readAfter = (databaseUrl: string): Promise<StateAfter> =>
  withClient(databaseUrl, async (client) => {
    // A session hands in what it counted when it ends.
    await patiently(async () => (await countOf(client, strangersIn(false))) === 0)
    const { rows } = await client.query<StateAfter>(
      `SELECT deadlocks::float8 AS deadlocks, temp_files::float8 AS "temporaryFiles"
       FROM pg_stat_database WHERE datname = current_database()`,
    )
    return rows[0] ?? { deadlocks: 0, temporaryFiles: 0 }
  })

/** Where the counts are, by the first version that has them there (PostgreSQL's documentation, "The Cumulative Statistics System"). */
const checkpointQueries = [
  {
    from: 180_000,
    sql: `SELECT num_timed::float8 AS timed, num_requested::float8 AS requested, num_done::float8 AS done FROM pg_stat_checkpointer`,
  },
  {
    from: 170_000,
    sql: `SELECT num_timed::float8 AS timed, num_requested::float8 AS requested FROM pg_stat_checkpointer`,
  },
  {
    from: 0,
    sql: `SELECT checkpoints_timed::float8 AS timed, checkpoints_req::float8 AS requested FROM pg_stat_bgwriter`,
  },
]

const readCheckpoints = (adminUrl: string): Promise<Checkpoints> =>
  withClient(adminUrl, async (client) => {
    const version = await countOf(
      client,
      `SELECT current_setting('server_version_num')::int AS count`,
    )
    const query = checkpointQueries.find(({ from }) => version >= from)
    const { rows } = await client.query<Checkpoints>(query?.sql ?? '')
    return rows[0] ?? { timed: 0, requested: 0 }
  })

/**
 * A watch on the databases of a server.
 * Its questions reject with GapwiseError `environment` DATABASE_UNREACHABLE.
 */
export const watchDatabases = ({
  adminUrl,
  settings,
  embedded,
}: Pick<Postgres, 'adminUrl' | 'settings' | 'embedded'>): DatabaseWatch => {
  const rows = seededRows()
  return {
    expected: { settings, rows },
    before: (databaseUrl) => readBefore(databaseUrl, Object.keys(rows), embedded),
    after: readAfter,
    checkpoints: () => readCheckpoints(adminUrl),
  }
}
