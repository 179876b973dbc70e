/** The connection pool: pg's own defaults, and a server that outlives a database restart. */
import pg from 'pg'

const logLostConnection = (error) => {
  console.error(`database connection lost: ${error.message}`)
}

/** A client that is checked out has no listener of the pool's: without one of its own, its 'error' would end the process. */
export function openPool(connectionString) {
  const pool = new pg.Pool({ connectionString })
  pool.on('error', logLostConnection)
  pool.on('connect', (client) => client.on('error', logLostConnection))

  const rowsOf = (client) => async (text, values) => (await client.query(text, values)).rows

  /** Lets `work` have a connection of its own, as a function that queries it. */
  const withSession = async (work) => {
    const client = await pool.connect()
    let broken
    try {
      return await work(rowsOf(client), (error) => {
        broken = error
      })
    } finally {
      client.release(broken)
    }
  }

  return {
    query: rowsOf(pool),
    withSession,
    transaction: (work) =>
      withSession(async (query, discard) => {
        await query('BEGIN')
        try {
          const result = await work(query)
          await query('COMMIT')
          return result
        } catch (error) {
          await query('ROLLBACK').catch(discard)
          throw error
        }
      }),
    close: () => pool.end(),
  }
}
