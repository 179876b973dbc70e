/** Makes and drops the contenders' databases on a server that has our template. */
import { type Client, escapeIdentifier } from 'pg'
import type { Postgres } from '../postgres.ts'
import { urlOfDatabase, withClient } from './connect.ts'
import { reportedSettings } from './settings.ts'

export interface DatabasesOrder {
  readonly adminUrl: string
  readonly template: string
  /** Every name begins with it; it tells our databases from all others on the server. */
  readonly prefix: string
}

/** The part of Postgres that is the same for embedded and external servers, and a way to drop all that was made. */
export interface Databases extends Pick<Postgres, 'createDatabase' | 'dropDatabase'> {
  dropAll(): Promise<void>
}

/** PostgreSQL cuts names at 63 bytes; the number in front keeps two ids apart that are cut or cleaned alike. */
const databaseName = (prefix: string, number: number, id: string): string =>
  `${prefix}_${number}_${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`.slice(0, 63)

/** Opens the making of databases on a server. */
export const openDatabases = ({ adminUrl, template, prefix }: DatabasesOrder): Databases => {
  const names = new Map<string, string>()
  let count = 0
  const dropDatabase = async (id: string) => {
    const name = names.get(id)
    if (!name) return
    await withClient(adminUrl, (client) =>
      client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
    )
    names.delete(id)
  }
  return {
    dropDatabase,
    async createDatabase(id) {
      await dropDatabase(id)
      const name = databaseName(prefix, ++count, id)
      names.set(id, name)
      await withClient(adminUrl, (client) =>
        client.query(
          `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`,
        ),
      )
      return urlOfDatabase(adminUrl, name)
    },
    async dropAll() {
      for (const id of names.keys()) await dropDatabase(id)
    },
  }
}

/** The settings that results report, as a session has them. */
export const readSettings = async (client: Client): Promise<Record<string, string>> => {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1) ORDER BY name`,
    [reportedSettings],
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

/** The server's version and the settings that results report. */
export const describeServer = (adminUrl: string): Promise<Pick<Postgres, 'version' | 'settings'>> =>
  withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      `SELECT current_setting('server_version') AS version`,
    )
    // Packagers add their own name after a blank.
    const [version = ''] = (rows[0]?.version ?? '').split(' ')
    return { version, settings: await readSettings(client) }
  })
