/** Connections whose calls block: the event loop stands still until PostgreSQL has answered. */
import type { Connections, ConnectionSettings, Session } from '../database.ts'
import { CallThread } from './blocking/call-thread.ts'
import { Lanes } from './lanes.ts'
import { inTransaction } from './transaction.ts'

/** A loop that stands still hears no signal to stop either, so no call may last for ever. */
const longestCallMs = 30_000

/**
 * What a synchronous driver does. One connection is enough: while a call is under way nobody can make another.
 * @param entry the module of the thread that holds the connection
 */
export async function openBlocking(
  { url, prepare }: ConnectionSettings,
  entry: URL,
  limitMs: number = longestCallMs,
): Promise<Connections> {
  let thread = new CallThread(entry, { url, prepare })
  await thread.ready()
  let closed = false
  // A transaction goes on in later turns of the loop, so what others ask has to wait for its end.
  const lanes = new Lanes([{ inFlight: 0 }])

  const sessionOf = (isTransaction: boolean): Session => {
    let goesOn = false
    return {
      query: async <Row>(
        statement: Parameters<Session['query']>[0],
        values: readonly unknown[],
      ) => {
        if (closed) throw new Error('The server is closing its database connections.')
        if (thread.gone) thread = new CallThread(entry, { url, prepare })
        const call = { statement, values, goesOn }
        goesOn = isTransaction
        return thread.call(call, limitMs) as Row[]
      },
    }
  }

  const single = sessionOf(false)
  const query: Session['query'] = (statement, values) =>
    lanes.ride(() => single.query(statement, values))

  return {
    query,
    withSession: (work) => work({ query }),
    transaction: (work) =>
      lanes.alone(() => inTransaction(sessionOf(true), work, () => thread.discard())),
    close: async () => {
      closed = true
      await thread.close()
    },
  }
}
