/** pg with a new connection for every request: the habit that pools exist to end. */
import { Client } from 'pg'
import type { ConnectionSettings, Connections, Session } from '../../../database.ts'
import { inTransaction } from '../../transaction.ts'
import { pgSession } from './query.ts'

export async function openPerRequest({ url, prepare }: ConnectionSettings): Promise<Connections> {
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: url })
    // Errors of the connection reach the pending query; unheard here they would end the process.
    client.on('error', () => {})
    try {
      await client.connect()
      return await work(pgSession(client, prepare))
    } finally {
      await client.end()
    }
  }
  return {
    query: (statement, values) => withSession((session) => session.query(statement, values)),
    withSession,
    // The connection ends with the request, whatever state it is in.
    transaction: (work) => withSession((session) => inTransaction(session, work, () => {})),
    close: async () => {},
  }
}
