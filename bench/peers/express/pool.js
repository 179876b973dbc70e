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
  return pool
}
