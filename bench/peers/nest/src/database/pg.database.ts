import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import pg from 'pg'
import { environment } from '../environment.js'
import { Database, type Query } from './database.js'

/** pg's pool with its own defaults. */
@Injectable()
export class PgDatabase extends Database implements OnApplicationShutdown {
  private readonly logger = new Logger(PgDatabase.name)
  private readonly pool = new pg.Pool({ connectionString: environment.databaseUrl })

  constructor() {
    super()
    const logLostConnection = (error: Error) =>
      this.logger.error(`database connection lost: ${error.message}`)
    // A client that is checked out has no listener of the pool's: its 'error' would end the process.
    this.pool.on('error', logLostConnection)
    this.pool.on('connect', (client) => client.on('error', logLostConnection))
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query(text, [...values])).rows
  }

  withSession<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.withClient((client) => work(queryOf(client)))
  }

  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.withClient(async (client, discard) => {
      await client.query('BEGIN')
      try {
        const result = await work(queryOf(client))
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK').catch(discard)
        throw error
      }
    })
  }

  /** By now the last request is answered. */
  onApplicationShutdown(): Promise<void> {
    return this.pool.end()
  }

  private async withClient<Result>(
    work: (client: pg.PoolClient, discard: (error: Error) => void) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.pool.connect()
    let broken: Error | undefined
    try {
      return await work(client, (error) => {
        broken = error
      })
    } finally {
      client.release(broken)
    }
  }
}

const queryOf =
  (client: pg.PoolClient): Query =>
  async (text, values = []) =>
    (await client.query(text, [...values])).rows
