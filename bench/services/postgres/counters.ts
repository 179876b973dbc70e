/** What PostgreSQL itself has counted in a database: how many rows were read and changed, table by table. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { TableCounters } from '../../truth.ts'
import { withClient } from './connect.ts'

/** A stopped server's sessions end within milliseconds; one in the middle of a long statement is ended after this. */
const patienceMs = 2000
const stepMs = 10

const others = `FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`

/** Whether something about sessions becomes true within the time that a stopped server's sessions take to end. */
export const patiently = async (isTrue: () => Promise<boolean>): Promise<boolean> => {
  const deadlineMs = performance.now() + patienceMs
  for (;;) {
    if (await isTrue()) return true
    if (performance.now() > deadlineMs) return false
    await sleep(stepMs)
  }
}

/** Whether nobody else is connected, waiting for it if need be. */
const isAlone = (client: Client): Promise<boolean> =>
  patiently(async () => (await client.query(`SELECT ${others}`)).rowCount === 0)

/**
 * Reads the counters of a database whose servers have been stopped: a session hands in what it counted when it ends.
 * @returns by table; undefined where the server does not count (track_counts is off)
 * @throws GapwiseError `environment` DATABASE_UNREACHABLE
 */
export const readCounters = (databaseUrl: string): Promise<TableCounters | undefined> =>
  withClient(databaseUrl, async (client) => {
    const { rows: settings } = await client.query<{ track_counts: string }>('SHOW track_counts')
    if (settings[0]?.track_counts !== 'on') return undefined
    if (!(await isAlone(client))) {
      await client.query(`SELECT pg_terminate_backend(pid) ${others}`)
      await isAlone(client)
    }
    const { rows } = await client.query<{
      table: string
      read: number
      inserted: number
      updated: number
      deleted: number
    }>(
      `SELECT relname AS table, (seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 AS read,
        n_tup_ins::float8 AS inserted, n_tup_upd::float8 AS updated, n_tup_del::float8 AS deleted
       FROM pg_stat_user_tables`,
    )
    return new Map(rows.map(({ table, ...counters }) => [table, counters]))
  })
