/** Runs our statements on anything of pg that has `query`. */
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg'
import type { Session, Statement } from '../../../database.ts'

/** A pool, a pooled client or a client. */
export interface Queryable {
  query<R extends QueryResultRow>(config: QueryConfig): Promise<QueryResult<R>>
}

type ToConfig = (statement: Statement, values: readonly unknown[]) => QueryConfig

/** pg's types know arrays of rows only apart from its plain queries; a rowMode of undefined means objects. */
type AnyRows = QueryConfig & { readonly rowMode: 'array' | undefined }

const unnamed: ToConfig = ({ text, rowMode }, values): AnyRows => ({
  text,
  values: values as unknown[],
  rowMode,
})
const named: ToConfig = ({ name, text, rowMode }, values): AnyRows => ({
  name,
  text,
  values: values as unknown[],
  rowMode,
})

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
