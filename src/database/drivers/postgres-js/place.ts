/** A place for one connection of the library `postgres`: opened when first needed, opened anew once it was lost. */
import { connect, Socket } from 'node:net'
import postgres from 'postgres'
import type { Statement } from '../../../database.ts'
import { socketAddressOf } from '../../address/unix-socket.ts'
import { type Link, type Place, type PlaceSettings, placeOver } from '../../place.ts'

const endTimeoutSeconds = 5

/** No query is sent on a connection that still owes an answer. */
export const noPipeline = 0

/** Where to connect, as the library has read it from the URL. */
interface Address {
  readonly host: readonly string[]
  readonly port: readonly number[]
  readonly path: string | false
}

/**
 * A client of one connection that is ended once that is lost. The library would connect again by itself, but
 * carries the lost connection's state over (3.4.9): a new query fails with the old error, one that comes between
 * the socket's error and its close is never answered, `end()` waits for its timeout, and a reserved connection
 * writes to a socket that is gone, which ends the process.
 * @param onLost called before any query of the lost connection fails
 */
function openLink(
  { url: databaseUrl, prepare }: PlaceSettings,
  maxPipeline: number,
  onLost: () => void,
): Link {
  let used = false
  /** Called for each try to connect; all but the first fail, and with each the library fails one waiting query. */
  const socket = ({ host: [host], port: [port = 0], path }: Address): Socket => {
    if (used) {
      const dead = new Socket()
      setImmediate(() => dead.destroy(new Error('The database connection was lost.')))
      return dead
    }
    used = true
    const opened = path === false ? connect(port, host) : connect(path)
    const lose = (): void => {
      onLost()
      // Fails what the library would forget.
      void sql.end({ timeout: 0 })
    }
    opened.once('error', lose).once('close', lose)
    // The library names the server by them when it asks for TLS.
    return Object.assign(opened, { host, port })
  }
  // Options that the library's types do not know.
  const unlisted: object = { max_pipeline: maxPipeline, socket }
  const { url, path } = socketAddressOf(databaseUrl)
  const sql = postgres(url, {
    max: 1,
    prepare,
    ...(path === undefined ? {} : { path }),
    ...unlisted,
    // Asks for array types in a query whose failure nobody can catch, which ends the process; we read no arrays.
    fetch_types: false,
    max_lifetime: null,
    backoff: () => 0,
    onnotice: () => {},
  })
  return {
    session: {
      query: <Row>({ text, rowMode }: Statement, values: readonly unknown[]) => {
        // The library's query is itself a promise of the rows.
        const query = sql.unsafe(text, values as never[], { prepare })
        return (rowMode === undefined ? query : query.values()) as unknown as Promise<Row[]>
      },
    },
    end: () => sql.end({ timeout: endTimeoutSeconds }),
  }
}

/** @param maxPipeline how many queries may be sent on the connection beside one that is not answered yet */
export const openPlace = (settings: PlaceSettings, maxPipeline: number): Place =>
  placeOver((onLost) => openLink(settings, maxPipeline, onLost))
