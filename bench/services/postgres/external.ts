/** A server given by URL: our template is made on it once, and each run's databases are removed at its end. */
import { type Client, escapeIdentifier } from 'pg'
import { GapwiseError } from '../../../src/errors.ts'
import { dataVersion } from '../../data.ts'
import type { Supervisor } from '../../supervisor.ts'
import type { Postgres } from '../postgres.ts'
import { seed } from '../seed.ts'
import { redactUrl, urlOfDatabase, withClient } from './connect.ts'
import { describeServer, openDatabases } from './databases.ts'

const template = `gapwise_template_v${dataVersion}`

/** Comment on our template; a database cannot be looked into without a connection, but its comment can. */
const mark = `gapwise data version ${dataVersion}`

const runPrefix = 'gapwise_run_'

/** Databases of runs that ended by SIGKILL are dropped after this long, if nobody is connected. */
const leftoverMs = 24 * 3600 * 1000

const templateComment = async (client: Client): Promise<string | null | undefined> => {
  const { rows } = await client.query<{ comment: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
    [template],
  )
  return rows[0]?.comment
}

const checkTemplate = (comment: string | null): void => {
  if (comment === mark) return
  throw new GapwiseError(
    'environment',
    'FOREIGN_SCHEMA',
    `expected the database "${template}" to carry our mark "${mark}", but found ${comment ? `"${comment}"` : 'no mark'}; ` +
      'rename or drop it if it is not needed, or give another server',
  )
}

const checkRights = async (client: Client, databaseUrl: string): Promise<void> => {
  const { rows } = await client.query<{ able: boolean; name: string }>(
    `SELECT rolcreatedb OR rolsuper AS able, rolname AS name FROM pg_roles WHERE rolname = current_user`,
  )
  if (rows[0]?.able) return
  throw new GapwiseError(
    'environment',
    'DATABASE_RIGHTS',
    `expected a user that may create databases at ${redactUrl(databaseUrl)}, because each contender gets its own, ` +
      `but "${rows[0]?.name}" may not; run ALTER ROLE ${rows[0]?.name} CREATEDB, or use the embedded server`,
  )
}

/** Makes and fills a database under this run's name, then gives it the template's name; of two runs at once one yields. */
const makeTemplate = async (client: Client, databaseUrl: string, name: string): Promise<void> => {
  const { rows } = await client.query<{ number: number }>(
    `SELECT current_setting('server_version_num')::int AS number`,
  )
  const locale =
    (rows[0]?.number ?? 0) >= 170_000
      ? `LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'`
      : `LOCALE 'C'`
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' ${locale}`)
  try {
    await withClient(urlOfDatabase(databaseUrl, name), seed)
    await client.query(`COMMENT ON DATABASE ${name} IS '${mark}'`)
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await client.query(`ALTER DATABASE ${name} RENAME TO ${template}`)
  } catch (error) {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    const comment = await templateComment(client)
    if (comment === undefined) throw error
    checkTemplate(comment)
  }
}

const dropLeftovers = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database d WHERE datname LIKE $1
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
    [`${runPrefix.replaceAll('_', '\\_')}%`],
  )
  for (const { name } of rows) {
    const time = /^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)_/.exec(name.slice(runPrefix.length))
    if (!time) continue
    const [, year, month, day, hour, minute, second] = time.map(Number)
    const madeMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
    if (Date.now() - madeMs > leftoverMs)
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`)
  }
}

export interface ExternalOrder {
  readonly supervisor: Supervisor
  readonly databaseUrl: string
  readonly progress: (line: string) => void
}

/**
 * Opens a server by URL. It touches only databases whose names begin with `gapwise_`.
 * @throws GapwiseError `environment` DATABASE_UNREACHABLE, DATABASE_RIGHTS or FOREIGN_SCHEMA; `usage` DATABASE_URL_INVALID
 */
export const openExternal = async (order: ExternalOrder): Promise<Postgres> => {
  const { supervisor, databaseUrl: adminUrl, progress } = order
  const prefix = runPrefix + supervisor.runId.replaceAll('-', '_')
  await withClient(adminUrl, async (client) => {
    await checkRights(client, adminUrl)
    await dropLeftovers(client)
    const comment = await templateComment(client)
    if (comment !== undefined) return checkTemplate(comment)
    progress(`Making the database ${template} (once per server)`)
    return makeTemplate(client, adminUrl, `${prefix}_template`)
  })
  const databases = openDatabases({ adminUrl, template, prefix })
  return {
    ...(await describeServer(adminUrl)),
    createDatabase: (id) => databases.createDatabase(id),
    dropDatabase: (id) => databases.dropDatabase(id),
    embedded: false,
    adminUrl,
    socketDir: undefined,
    cpu: undefined,
    processes: undefined,
    async [Symbol.asyncDispose]() {
      try {
        await databases.dropAll()
      } catch (error) {
        // The run's own result or error matters more than what stays on the server until a later run drops it.
        progress(`Databases named ${prefix}… are left on the server: ${(error as Error).message}`)
      }
    },
  }
}
