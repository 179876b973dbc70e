/** The connection pool: pg's own defaults, and a server that outlives a restart of the database. */
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

  /** Lets `work` query on one connection, which `discard` keeps from being used again. */
  const withClient = async (work) => {
    const client = await pool.connect()
    let reason
    const discard = (error) => {
      reason = error
    }
    try {
      return await work(rowsOf(client), discard)
    } finally {
      client.release(reason)
    }
  }

  return {
    query: rowsOf(pool),
    withClient,
    transaction: (work) =>
      withClient(async (query, discard) => {
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
