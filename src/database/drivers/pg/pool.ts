/** Registers @fastify/postgres, whose pool serves both the pooled and the pipelined way. */
import fastifyPostgres from '@fastify/postgres'
import type { PoolConfig } from 'pg'
import type { ConnectionSettings } from '../../../database.ts'

/**
 * Makes `app.pg`. The pool survives a restart of the database: an idle connection's error is logged
 * and the connection is replaced, where pg without a listener would end the process.
 */
export async function registerPool(
  { app, url, max }: ConnectionSettings,
  options: PoolConfig = {},
): Promise<typeof app.pg> {
  await app.register(fastifyPostgres, { connectionString: url, max, ...options })
  app.pg.pool.on('error', (error) => app.log.error(error, 'idle database connection lost'))
  return app.pg
}
