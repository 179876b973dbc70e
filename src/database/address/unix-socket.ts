/** PostgreSQL's unix socket in a database URL: libpq's way, a query parameter `host` that is a folder. */
import { GapwiseError } from '../../errors.ts'

/**
 * The same database by its unix socket.
 * @param socketFolder where PostgreSQL keeps it; the URL's port is part of the socket's name
 * @throws GapwiseError environment NO_SOCKET
 */
export function bySocket(databaseUrl: string, socketFolder: string | undefined): string {
  if (socketFolder === undefined)
    throw new GapwiseError(
      'environment',
      'NO_SOCKET',
      'Toggle "unix-socket" expected the folder of PostgreSQL\'s unix socket in DATABASE_SOCKET, but found nothing. ' +
        "Set it where PostgreSQL runs on this machine, e.g. DATABASE_SOCKET=/var/run/postgresql; the bench's own PostgreSQL " +
        'sets it by itself (leave --database-url out). Else switch the toggle off with ~unix-socket.',
    )
  const url = new URL(databaseUrl)
  url.searchParams.set('host', socketFolder)
  return url.href
}

/** A database URL taken apart for a library that reads the server's place elsewhere. */
export interface SocketAddress {
  /** Without the parameter `host`. */
  readonly url: string
  /** The socket's file; undefined where the URL is not about one. */
  readonly path: string | undefined
}

const defaultPort = '5432'

/** Reads what `bySocket`, or a user, has written. */
export function socketAddressOf(databaseUrl: string): SocketAddress {
  const url = new URL(databaseUrl)
  const folder = url.searchParams.get('host')
  if (folder === null || !folder.startsWith('/')) return { url: databaseUrl, path: undefined }
  url.searchParams.delete('host')
  const port = url.port === '' ? defaultPort : url.port
  return { url: url.href, path: `${folder}/.s.PGSQL.${port}` }
}
