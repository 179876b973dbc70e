/** The Data contract: a table that every contender's database holds, seeded the same everywhere. Members live in data/. */

/**
 * Version of the tables and their rows together. Raise it with every change of either: cached
 * clusters and template databases carry it, and one of another version is never used.
 */
export const dataVersion = 1

/** One column as the seeding needs it: its name, its type, and how to take it from a row. */
export interface Column<Row> {
  readonly name: string
  /** PostgreSQL's name of the type. */
  readonly type: string
  readonly value: (row: Row) => string | number
}

/** One table of ours. */
export interface Table<Row> {
  readonly name: string
  /** Statements that make it, to be run in an empty schema. */
  readonly ddl: string
  /** Statements to run when the rows are in: sequences, indexes that are cheaper to build late. */
  readonly after?: string
  /** Columns that are seeded; the others have defaults. */
  readonly columns: readonly Column<Row>[]
  /** Every row that it is seeded with; the same each time. */
  rows(): readonly Row[]
}
