/** pg with its pool: a connection serves one query, or one series of queries, at a time. */
import type { ConnectionSettings, Connections } from '../../../database.ts'
import { inTransaction } from '../../transaction.ts'
import { registerPool } from './pool.ts'
import { pgSession } from './query.ts'

export async function openPooled(settings: ConnectionSettings): Promise<Connections> {
  const { pool } = await registerPool(settings)
  return {
    ...pgSession(pool, settings.prepare),
    withSession: async (work) => {
      const client = await pool.connect()
      try {
        return await work(pgSession(client, settings.prepare))
      } finally {
        // The pool itself drops a client whose connection was lost meanwhile.
        client.release()
      }
    },
    transaction: async (work) => {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        return await inTransaction(pgSession(client, settings.prepare), work, (error) => {
          broken = error
        })
      } finally {
        client.release(broken)
      }
    },
    // @fastify/postgres ends the pool in its own onClose hook.
    close: async () => {},
  }
}
