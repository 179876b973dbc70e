/** Registers @fastify/postgres, whose pool serves both the pooled and the pipelined way. */
import fastifyPostgres from '@fastify/postgres'
import type { PoolConfig } from 'pg'
import type { ConnectionSettings } from '../../../database.ts'

/**
 * Makes `app.pg`. The process survives connections that the database ends: each has a listener from
 * its first moment, because a promise of one is taken up a moment after the pool's own listener is gone,
 * and pg without a listener would end the process.
 */
export async function registerPool(
  { app, url, max }: ConnectionSettings,
  options: PoolConfig = {},
): Promise<typeof app.pg> {
  await app.register(fastifyPostgres, { connectionString: url, max, ...options })
  app.pg.pool.on('connect', (client) => {
    client.on('error', (error) => app.log.error(error, 'database connection lost'))
  })
  // The connection's own listener has logged it; the pool only must not be without one.
  app.pg.pool.on('error', () => {})
  return app.pg
}
