/** A connection as a pacer sees it. */
import type { Connection } from '../connection.ts'
import type { RequestStream } from '../walker.ts'
import type { Seat } from './pacer.ts'

/**
 * Servers close connections that have been idle for some seconds. One that was in use until just now is not closed
 * as idle: if it is lost without an answer, that is an error and the request is not sent again.
 */
const staleAfterUs = 500_000

/** Lets a connection send one request of the stream at a time. */
export const seatOf =
  (connection: Pick<Connection, 'start'>, stream: RequestStream): Seat =>
  (assignment, idleUs) =>
    connection.start(assignment, stream, idleUs > staleAfterUs)
