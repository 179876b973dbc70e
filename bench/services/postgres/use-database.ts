/** Prepares a user's own database for `serve --database-url`: fills an empty one and refuses a foreign one. */
import type { Client } from 'pg'
import { GapwiseError } from '../../../src/errors.ts'
import { dataVersion } from '../../data.ts'
import { markedVersion, seed, userRelations } from '../seed.ts'
import { redactUrl, withClient } from './connect.ts'

const cure =
  'give an empty database, or leave --database-url and DATABASE_URL out to use the embedded server'

const foreign = (databaseUrl: string, found: string): GapwiseError =>
  new GapwiseError(
    'environment',
    'FOREIGN_SCHEMA',
    `expected ${redactUrl(databaseUrl)} to be empty or to hold gapwise data of version ${dataVersion}, ` +
      `but found ${found}; nothing was changed: ${cure}`,
  )

const fill = async (client: Client, databaseUrl: string): Promise<void> => {
  try {
    await seed(client)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new GapwiseError(
      'environment',
      'DATABASE_RIGHTS',
      `expected to fill the empty database at ${redactUrl(databaseUrl)}, but its user may not create tables there ` +
        `(${(error as Error).message}); run GRANT CREATE ON SCHEMA public, or ${cure}`,
      { cause: error },
    )
  }
}

/**
 * Makes sure that a database holds our tables of this version: fills it when it is empty, leaves it
 * as it is when it carries our mark, and changes nothing in any other.
 * @throws GapwiseError `environment` DATABASE_UNREACHABLE, FOREIGN_SCHEMA or DATABASE_RIGHTS; `usage` DATABASE_URL_INVALID
 */
export const useDatabase = (databaseUrl: string): Promise<void> =>
  withClient(databaseUrl, async (client) => {
    const version = await markedVersion(client)
    if (version === dataVersion) return
    if (version !== undefined) throw foreign(databaseUrl, `gapwise data of version ${version}`)
    const relations = await userRelations(client)
    if (relations.length === 0) return fill(client, databaseUrl)
    const named = relations.slice(0, 3).join(', ')
    const more = relations.length > 3 ? ` and ${relations.length - 3} more` : ''
    throw foreign(databaseUrl, `tables that are not ours (${named}${more})`)
  })
