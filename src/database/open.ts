/** Builds the one database strategy of a profile: address → driver → connections → statements → operations → wrappers. */
import type { FastifyInstance } from 'fastify'
import type { Database, Operations } from '../database.ts'
import type { Composition } from '../slot.ts'
import { selectOne } from './statements.ts'

/** Where PostgreSQL is. */
export interface DatabasePlace {
  readonly databaseUrl: string
  /** The folder of its unix socket, where it is known. */
  readonly databaseSocket?: string | undefined
}

/**
 * Opens the database that the profile's layers describe; connections themselves open on first use.
 * @param workers how many processes share the contender's total of connections
 */
export async function openDatabase(
  app: FastifyInstance,
  parts: Composition,
  { databaseUrl, databaseSocket }: DatabasePlace,
  workers: number,
): Promise<Database> {
  const { max, hold } = parts.connections
  const driver = await parts.driver()
  const { prepare, rows } = parts.statements
  const connections = rows(
    await driver.open({
      app,
      url: parts.address(databaseUrl, databaseSocket),
      max: Math.max(1, Math.floor(max / workers)),
      hold,
      prepare,
    }),
  )
  const operations = Object.fromEntries(
    await Promise.all(
      Object.entries(parts.operations).map(async ([name, make]) => [name, await make(connections)]),
    ),
  ) as unknown as Operations
  const database: Database = {
    ...operations,
    ping: async () => {
      await connections.query(selectOne, [])
    },
    close: () => connections.close(),
  }
  return parts.wrappers.reduce((inner, wrapper) => wrapper.wrap(inner, connections), database)
}
