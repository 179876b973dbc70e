/** The downstream services in this process, for tests of servers that ask them. */
import { once } from 'node:events'
import { createUpstream, type Later } from '../../bench/services/upstream/server.ts'

/**
 * Starts the stub and ends it, open connections included, with the test.
 * @returns its URL, for UPSTREAM_URL
 */
export async function openTestUpstream(
  t: { teardown(fn: () => unknown): unknown },
  latencyMs = 0,
  later?: Later,
): Promise<string> {
  const server = createUpstream(latencyMs, later)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return `http://127.0.0.1:${address.port}`
}
