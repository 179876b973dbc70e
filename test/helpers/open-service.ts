/** A downstream service whose answers the test decides. It knows its open connections and what it was asked. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Answers one request, or does not. */
export type Answer = (response: ServerResponse) => unknown

export interface Service {
  /** For UPSTREAM_URL. */
  readonly url: string
  /** Open now. */
  readonly sockets: ReadonlySet<Socket>
  /** Paths with their queries, in the order in which they came. */
  readonly asked: readonly string[]
  /** Requests that are neither answered nor given up. */
  waiting(): number
}

/** Answers with a value as JSON. */
export const json =
  (value: unknown): Answer =>
  (response) =>
    response.end(JSON.stringify(value))

/**
 * Starts the service; it ends with the test, open connections included.
 * @param answers by path, without the query; any other path is 404
 */
export async function openService(
  t: { teardown(fn: () => unknown): unknown },
  answers: Readonly<Record<string, Answer>>,
): Promise<Service> {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  let waiting = 0
  const server = createServer({ keepAliveTimeout: 60_000 }, ({ url = '' }, response) => {
    asked.push(url)
    waiting++
    response.once('close', () => waiting--)
    const answer = answers[url.split('?')[0] ?? url]
    if (answer === undefined) response.writeHead(404).end('{}')
    else answer(response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    // Some answers break the connection under the service's own feet.
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, sockets, asked, waiting: () => waiting }
}

/** Waits until a count is zero; returns what it is after half a minute otherwise. */
export async function untilZero(count: () => number): Promise<number> {
  const deadlineMs = performance.now() + 30_000
  while (count() > 0 && performance.now() < deadlineMs) await sleep(10)
  return count()
}
