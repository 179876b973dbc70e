/** Serves a profile in this process on a real database and a free port, with a witness of which rows it read. */
import type { FastifyInstance } from 'fastify'
import type { Wrapper } from '../../src/database.ts'
import { buildApp, type Surroundings } from '../../src/app.ts'
import { compose } from '../../src/compose.ts'
import { drain } from '../../src/drain.ts'
import { identityOf } from '../../src/identity.ts'
import { fillingsOf, resolveProfile } from '../../src/profile/resolve.ts'
import { quickStart } from '../../src/quick-start.ts'

/** What the server asked of the database, and the answers that were for another question. */
export interface Witness {
  /** Ids asked for, each as often as it was. */
  readonly asked: number[]
  readonly swaps: string[]
}

export interface StartedApp {
  readonly app: FastifyInstance
  readonly url: URL
  readonly witness: Witness
  /** Stops as the server's process does on SIGTERM. */
  readonly stop: () => Promise<void>
}

const witnessing = ({ asked, swaps }: Witness): Wrapper => {
  const compare = (ids: readonly number[], found: readonly number[]): void => {
    asked.push(...ids)
    if (ids.join() !== found.join()) swaps.push(`asked for ${ids.join()}, got ${found.join()}`)
  }
  return {
    // Outermost: it sees what endpoints see, whatever a profile wraps.
    order: Number.POSITIVE_INFINITY,
    wrap: (database) => ({
      ...database,
      readWorld: async (id) => {
        const row = await database.readWorld(id)
        compare([id], [row.id])
        return row
      },
      readWorlds: async (ids) => {
        const rows = await database.readWorlds(ids)
        compare(
          ids,
          rows.map((row) => row.id),
        )
        return rows
      },
    }),
  }
}

/**
 * Starts a profile of one process.
 * @param surroundings what it needs besides the database: upstream, secret, journal
 * @param watchers wrappers of the test's own, outside of the profile's
 */
export async function startApp(
  t: { teardown(fn: () => unknown): unknown },
  spec: string,
  databaseUrl: string,
  surroundings: Partial<Surroundings> = {},
  watchers: readonly Wrapper[] = [],
): Promise<StartedApp> {
  const profile = await resolveProfile(spec)
  const parts = compose(quickStart, fillingsOf(profile))
  const witness: Witness = { asked: [], swaps: [] }
  const app = await buildApp(
    { ...parts, wrappers: [...parts.wrappers, witnessing(witness), ...watchers] },
    {
      databaseUrl,
      journal: { write: () => {} },
      ready: () => true,
      identity: identityOf(profile, parts.launch.workers, 'test-run'),
      ...surroundings,
    },
  )
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= drain(app))
  t.teardown(stop)
  const address = await app.listen({ ...parts.listen, host: '127.0.0.1', port: 0 })
  return { app, url: new URL(address), witness, stop }
}
