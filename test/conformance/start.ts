/** Brings a profile up for the suite: in this process where it can be, else as the bench starts it. */
import type { Test } from 'tap'
import { jwtSecret } from '../../bench/data/token.ts'
import { compose } from '../../src/compose.ts'
import { fillingsOf, resolveProfile } from '../../src/profile/resolve.ts'
import { quickStart } from '../../src/quick-start.ts'
import { memberNames } from '../../src/registry.ts'
import { startApp } from '../helpers/start-app.ts'
import { startProcess, upstreamOf } from '../helpers/start-process.ts'
import type { TestPostgres } from '../helpers/test-postgres.ts'
import { conform, type Extent, type Started } from './conform.ts'

const endpoints = memberNames(new URL('../../src/endpoints/', import.meta.url))

/** The suite on one profile, as written on the command line. */
export async function conformProfile(
  t: Test,
  spec: string,
  services: TestPostgres,
  extent?: Extent,
): Promise<void> {
  const { launch, logging, connections } = compose(
    quickStart,
    fillingsOf(await resolveProfile(spec)),
  )
  const { workers, nodeFlags } = launch
  // Each worker holds its share, and one at least.
  const isBlocking = connections.hold === 'blocking'
  const share = isBlocking ? 1 : Math.max(1, Math.floor(connections.max / workers))
  // A connection per request is the bad habit itself: nothing bounds their number but the requests at once.
  const maxConnections = connections.hold === 'per-request' ? undefined : workers * share
  // The lines of a request log would land in this test's own output, and it has its own flags of Node.
  // A server that blocks this process would wait for locks that are released here.
  const ownProcess = workers > 1 || nodeFlags.length > 0 || logging !== false || isBlocking
  const { supervisor, postgres } = services
  const databaseSocket = postgres.socketDir
  const start = async (databaseUrl: string): Promise<Started> => {
    if (ownProcess) {
      const started = await startProcess(t, spec, supervisor, databaseUrl, databaseSocket)
      // While it stands still for other orders, its limit for the answers of downstream services may pass.
      return { ...started, maxConnections, ordersAtOnce: isBlocking ? 2 : undefined }
    }
    const { url: upstreamUrl } = await (await upstreamOf(supervisor)).openDoor()
    const surroundings = { databaseSocket, upstreamUrl, jwtSecret }
    const started = await startApp(t, spec, databaseUrl, surroundings)
    return { ...started, endpoints, maxConnections, upstreamUrl }
  }
  await conform(t, spec, services, start, extent)
}
