import type { OnApplicationShutdown } from '@nestjs/common'
import postgres from 'postgres'
import { Database, type Query } from '../database/database.js'
import { environment } from '../environment.js'

/** A few connections that all requests share: queries are prepared once, and sent without waiting for earlier answers. */
export class PipelinedDatabase extends Database implements OnApplicationShutdown {
  private readonly sql: postgres.Sql
  private readonly send: Query

  /** @param most the most connections of this process */
  constructor(most: number) {
    super()
    // No array types are read, so they need not be asked for.
    this.sql = postgres(environment.databaseUrl ?? '', { max: most, fetch_types: false })
    this.send = queryOf(this.sql)
  }

  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]> {
    return this.send<Row>(text, values)
  }

  withSession<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return work(this.send)
  }

  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.sql.begin((session) => work(queryOf(session))) as Promise<Result>
  }

  onApplicationShutdown(): Promise<void> {
    return this.sql.end({ timeout: 5 })
  }
}

const queryOf =
  (session: postgres.ISql): Query =>
  <Row>(text: string, values: readonly unknown[] = []) =>
    session.unsafe(text, values as postgres.ParameterOrJSON<never>[], {
      prepare: true,
    }) as unknown as Promise<Row[]>
