/** Sends one statement and gives its rows. */
export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>

/** The way to PostgreSQL. Each level has its own. */
export abstract class Database {
  abstract query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>

  /** Lets `work` have a connection of its own. */
  abstract withSession<Result>(work: (query: Query) => Promise<Result>): Promise<Result>

  /** As `withSession`; what was written stays when `work` ends well, else nothing of it. */
  abstract transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
}
