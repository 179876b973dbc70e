/** The embedded PostgreSQL of one test file, and a view of who is connected to a database. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import type { Postgres } from '../../bench/services/postgres.ts'
import { openPostgres } from '../../bench/services/postgres/open-postgres.ts'
import type { Supervisor } from '../../bench/supervisor.ts'
import { openSupervisor } from '../../bench/supervisor/open-supervisor.ts'

interface Teardown {
  teardown(fn: () => unknown): unknown
}

/** What the tests of one file share. */
export interface TestPostgres {
  readonly supervisor: Supervisor
  readonly postgres: Postgres
  /** Asks about all databases. */
  readonly admin: Pool
}

/** Opens a server that goes when the file's tests end. */
export async function openTestPostgres(t: Teardown): Promise<TestPostgres> {
  const supervisor = await openSupervisor({ command: 'test' })
  t.teardown(() => supervisor[Symbol.asyncDispose]())
  const postgres = await openPostgres({ supervisor, progress: () => undefined })
  const admin = new Pool({ connectionString: postgres.adminUrl, max: 4 })
  // Idle connections end with the server when the file is done.
  admin.on('error', () => undefined)
  return { supervisor, postgres, admin }
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1)

/** Connections that clients hold to a database now. */
export async function countConnections(admin: Pool, databaseUrl: string): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
    [databaseOf(databaseUrl)],
  )
  return rows[0]?.count ?? 0
}

/** Connections to a database that wait for a lock now. */
export async function countWaiting(admin: Pool, databaseUrl: string): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
    [databaseOf(databaseUrl)],
  )
  return rows[0]?.count ?? 0
}

/** Holds every query on table `world` up until the returned function is called. */
export async function lockWorld(databaseUrl: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('BEGIN')
  await client.query('LOCK TABLE world IN ACCESS EXCLUSIVE MODE')
  return () => client.end()
}

/** Samples how many connections a database has until ended, which returns the most that were seen. */
export function watchConnections(admin: Pool, databaseUrl: string): { end(): Promise<number> } {
  const ended = new AbortController()
  const watch = async (): Promise<number> => {
    let most = 0
    while (!ended.signal.aborted) {
      most = Math.max(most, await countConnections(admin, databaseUrl))
      await sleep(5)
    }
    return most
  }
  const watched = watch()
  return {
    end: () => {
      ended.abort()
      return watched
    },
  }
}

/** Ends every connection to a database; returns how many there were. */
export async function terminateConnections(admin: Pool, databaseUrl: string): Promise<number> {
  const { rowCount } = await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
    [databaseOf(databaseUrl)],
  )
  return rowCount ?? 0
}

/** Waits until nobody is connected, as backends end a moment after their clients; returns how many are left. */
export async function connectionsLeft(admin: Pool, databaseUrl: string): Promise<number> {
  const deadlineMs = performance.now() + 30_000
  for (;;) {
    const count = await countConnections(admin, databaseUrl)
    if (count === 0 || performance.now() > deadlineMs) return count
    await sleep(20)
  }
}
