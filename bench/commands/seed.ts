/** `gapwise seed`: fills an empty database of the user's own with the rows that the contract expects. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import type { Io } from '../io.ts'
import { useDatabase } from '../services/postgres/use-database.ts'

/** Seeds, or leaves a seeded database alone; returns the exit code. */
export async function seed(options: { readonly databaseUrl?: string }, io: Io): Promise<number> {
  const { databaseUrl } = options
  if (databaseUrl === undefined) {
    throw new GapwiseError(
      'usage',
      'NO_DATABASE_URL',
      'Say which database to fill: --database-url postgres://user@host/database, or DATABASE_URL.',
    )
  }
  await useDatabase(databaseUrl)
  io.err('The database holds the rows of the contract.\n')
  return exitCodes.ok
}
