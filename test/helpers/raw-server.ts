/** A bare TCP server: the test decides which bytes go out, in which pieces and when. */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'

/** Answers one request. `number` counts requests from 1 over all connections. */
export type Respond = (socket: Socket, number: number, head: string) => void

export interface RawServer extends AsyncDisposable {
  readonly url: URL
  /** Requests that have come in. */
  requests(): number
  /** Connections that have been accepted. */
  connections(): number
  /** Closes every open connection, politely. */
  closeIdle(): void
}

/** Starts a server on a free port; requests are taken to be without a body. */
export async function startRawServer(respond: Respond): Promise<RawServer> {
  let requests = 0
  let connections = 0
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    connections++
    open.add(socket)
    let seen = ''
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1')
      for (let end = seen.indexOf('\r\n\r\n'); end >= 0; end = seen.indexOf('\r\n\r\n')) {
        const head = seen.slice(0, end)
        seen = seen.slice(end + 4)
        respond(socket, ++requests, head)
      }
    })
    socket.on('close', () => open.delete(socket))
    // The client may go in mid-answer; what that means is the test's business, not the server's.
    socket.on('error', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    requests: () => requests,
    connections: () => connections,
    closeIdle: () => {
      for (const socket of open) socket.end()
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A whole answer with Content-Length. */
export const answerOf = (body: string, status = '200 OK', headers = ''): string =>
  `HTTP/1.1 ${status}\r\nServer: raw\r\nDate: Fri, 21 Nov 2025 03:00:00 GMT\r\nContent-Type: text/plain\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
