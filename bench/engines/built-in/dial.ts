/** Opens sockets for the generator, all of them on one read buffer. */
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { GapwiseError } from '../../../src/errors.ts'

// Shared by all connections: libuv fills the buffer and hands it over in one go, and an answer that
// came whole is judged before the next read. Only the parts of a split answer are copied.
export const readBuffer = Buffer.allocUnsafe(65_536)

const connectLimitMs = 5_000

/** What the owner of a socket is told. */
export interface SocketEvents {
  /** So many bytes stand in `readBuffer`; false stops reading. */
  read(socket: Socket, bytes: number): boolean
  opened(socket: Socket): void
  /** Comes once and last. */
  closed(socket: Socket, wasOpen: boolean, failure: NodeJS.ErrnoException | undefined): void
}

/** Connects to an arm. */
export function dial(url: URL, events: SocketEvents): Socket {
  const socket: Socket = connect({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    noDelay: true,
    onread: { buffer: readBuffer, callback: (bytes) => events.read(socket, bytes) },
  })
  let failure: NodeJS.ErrnoException | undefined
  let wasOpen = false
  const limit = setTimeout(() => {
    socket.destroy(new Error(`no connection within ${connectLimitMs} ms`))
  }, connectLimitMs)
  socket.once('connect', () => {
    clearTimeout(limit)
    wasOpen = true
    events.opened(socket)
  })
  socket.once('error', (error) => {
    failure = error
  })
  socket.once('close', () => {
    clearTimeout(limit)
    events.closed(socket, wasOpen, failure)
  })
  return socket
}

const portsCure =
  'connections that were closed within the last minute still hold theirs. ' +
  'Wait a minute, or let the kernel use them again: sysctl net.ipv4.tcp_tw_reuse=1 and a wider net.ipv4.ip_local_port_range.'
const filesCure = 'use fewer --connections or raise the limit (ulimit -n).'
const shortages: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: `it has no free local port, or no address that reaches the server: ${portsCure}`,
  EMFILE: `it may not open more files: ${filesCure}`,
  ENFILE: `this machine may not open more files: ${filesCure}`,
  ENOBUFS: 'the kernel has no memory for sockets: use fewer --connections.',
}

/**
 * The error behind a connection that could not be made for want of something on the generator's side:
 * no fault of the server, so it ends the run and is not counted.
 */
export function ownShortage(
  url: URL,
  failure: NodeJS.ErrnoException | undefined,
): GapwiseError | undefined {
  const code = failure?.code ?? ''
  const reason = Object.hasOwn(shortages, code) ? shortages[code] : undefined
  return reason === undefined
    ? undefined
    : new GapwiseError(
        'environment',
        'GENERATOR_EXHAUSTED',
        `The load generator cannot connect to ${url.host} (${code}): ${reason}`,
        { cause: failure },
      )
}
