/** Runs our statements on anything of pg that has `query`. */
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg'
import type { Session, Statement } from '../../../database.ts'

/** A pool, a pooled client or a client. */
export interface Queryable {
  query<R extends QueryResultRow>(config: QueryConfig): Promise<QueryResult<R>>
}

type ToConfig = (statement: Statement, values: readonly unknown[]) => QueryConfig

const unnamed: ToConfig = ({ text }, values) => ({ text, values: values as unknown[] })
const named: ToConfig = ({ name, text }, values) => ({ name, text, values: values as unknown[] })

const rowsOf = <Row>({ rows }: { rows: unknown[] }): Row[] => rows as Row[]

/**
 * A session over pg; `prepare` decides once whether statements travel with their name.
 * A plain `then` and no async function: every query pays for what is wrapped around it.
 */
export function pgSession(queryable: Queryable, prepare: boolean): Session {
  const toConfig = prepare ? named : unnamed
  return {
    query: <Row>(statement: Statement, values: readonly unknown[]) =>
      queryable.query(toConfig(statement, values)).then(rowsOf<Row>),
  }
}
