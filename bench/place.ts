/** The place of a contender for one block: a fresh database of its own, and what runs beside. */
import type { Contender, Site } from './contender.ts'
import type { Postgres } from './services/postgres.ts'
import { databaseOf } from './services/postgres/connect.ts'
import { readCounters } from './services/postgres/counters.ts'
import type { Upstream } from './services/upstream.ts'
import type { Supervisor } from './supervisor.ts'
import type { TableCounters } from './truth.ts'

/** What runs beside all contenders of a command. */
export interface Beside {
  readonly supervisor: Supervisor
  readonly postgres: Pick<Postgres, 'createDatabase' | 'dropDatabase' | 'socketDir'>
  readonly upstream: Pick<Upstream, 'openDoor'>
  /** Cores for each contender; all when absent. */
  readonly cores?: readonly number[] | undefined
}

/** Where a contender stands; disposing drops its database, so its servers are stopped before. */
export interface Place extends AsyncDisposable {
  readonly site: Site
  /** The contender's own database, made for this place; undefined for a server that was started elsewhere. */
  readonly databaseUrl: string | undefined
  /** As PostgreSQL calls it; absent where `databaseUrl` is undefined. */
  readonly databaseName?: string
  /** What that database has counted, once the servers are stopped; undefined where it is not known. */
  counters(): Promise<TableCounters | undefined>
}

/**
 * Makes a place with a database that holds what it was seeded with, whatever an earlier one was made to hold.
 * @throws GapwiseError `environment` DATABASE_UNREACHABLE or UPSTREAM_GONE
 */
export async function openPlace(
  { id, kind }: Pick<Contender, 'id' | 'kind'>,
  { supervisor, postgres, upstream, cores }: Beside,
): Promise<Place> {
  const isOurs = kind !== 'url'
  const door = isOurs ? await upstream.openDoor() : undefined
  const databaseUrl = isOurs ? await postgres.createDatabase(id) : undefined
  const { socketDir } = postgres
  return {
    site: {
      supervisor,
      databaseUrl: databaseUrl ?? '',
      ...(door === undefined ? {} : { upstreamUrl: door.url }),
      ...(socketDir === undefined ? {} : { databaseSocket: socketDir }),
      ...(cores === undefined ? {} : { cores }),
    },
    databaseUrl,
    ...(databaseUrl === undefined ? {} : { databaseName: databaseOf(databaseUrl) }),
    counters: async () => (databaseUrl === undefined ? undefined : readCounters(databaseUrl)),
    [Symbol.asyncDispose]: async () => {
      await door?.[Symbol.asyncDispose]()
      try {
        await postgres.dropDatabase(id)
      } catch {
        // Why a block ended matters more; what is left goes with the server, or when an external one is left.
      }
    },
  }
}
