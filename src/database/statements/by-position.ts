/** Rows that arrive as arrays, made into objects by position with a function compiled for each statement. */
import type { Connections, Session, Statement } from '../../database.ts'
import * as statements from '../statements.ts'

type MakeRow = (values: readonly unknown[]) => unknown

/** A statement asked for arrays, and what makes an object of each. */
interface Reading {
  readonly statement: Statement
  readonly makeRow: MakeRow
}

/** `['id', 'name']` gives `(values) => ({ "id": values[0], "name": values[1] })`: an object of one fixed shape. */
function compileRow(columns: readonly string[]): MakeRow {
  const fields = columns.map((key, index) => `${JSON.stringify(key)}: values[${index}]`)
  // The keys are constants of this program; a loop over them would build each row key by key.
  // oxlint-disable-next-line no-new-func, no-implied-eval
  return new Function('values', `return { ${fields.join(', ')} }`) as MakeRow
}

/** How a statement is read by position; undefined where it names no columns, or wants arrays itself. */
function readingOf(statement: Statement): Reading | undefined {
  const { columns, rowMode } = statement
  if (columns === undefined || rowMode !== undefined) return undefined
  return { statement: { ...statement, rowMode: 'array' }, makeRow: compileRow(columns) }
}

/**
 * Reads rows by position.
 * @returns connections that give the same rows; statements without `columns` are read by name as before
 */
export function readByPosition(connections: Connections): Connections {
  const readings = new Map<Statement, Reading>()
  for (const statement of Object.values(statements)) {
    const reading = readingOf(statement)
    if (reading !== undefined) readings.set(statement, reading)
  }
  const over = (session: Session): Session => ({
    query: <Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> => {
      const reading = readings.get(statement)
      if (reading === undefined) return session.query<Row>(statement, values)
      const { makeRow } = reading
      return session
        .query<unknown[]>(reading.statement, values)
        .then((rows) => rows.map((row) => makeRow(row) as Row))
    },
  })
  return {
    ...over(connections),
    withSession: (work) => connections.withSession((session) => work(over(session))),
    transaction: (work) => connections.transaction((session) => work(over(session))),
    close: () => connections.close(),
  }
}
