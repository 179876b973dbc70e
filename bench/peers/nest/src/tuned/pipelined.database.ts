import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import postgres from 'postgres'
import { Database, type Query } from '../database/database.js'
import { environment } from '../environment.js'
import { connectionsPerProcess } from './processes.js'

/** A few connections that all requests share: queries are prepared once, and sent without waiting for earlier answers. */
@Injectable()
export class PipelinedDatabase extends Database implements OnApplicationShutdown {
  // No array types are read, so they need not be asked for.
  private readonly sql = postgres(environment.databaseUrl ?? '', {
    max: connectionsPerProcess,
    fetch_types: false,
  })
  private readonly send = queryOf(this.sql)

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
