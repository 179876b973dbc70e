/** Connects to PostgreSQL by URL for a short errand, with an error that a user can act on. */
import { Client } from 'pg'
import { GapwiseError } from '../../../src/errors.ts'

/** A database URL without its password, fit to be shown. */
export const redactUrl = (databaseUrl: string): string => {
  const url = parseUrl(databaseUrl)
  if (url.password) url.password = '***'
  for (const name of ['password', 'sslpassword'])
    if (url.searchParams.has(name)) url.searchParams.set(name, '***')
  return url.href
}

/**
 * Reads a database URL; the message never repeats it, because it may hold a password.
 * @throws GapwiseError `usage` DATABASE_URL_INVALID
 */
export const parseUrl = (databaseUrl: string): URL => {
  const url = URL.parse(databaseUrl)
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return url
  throw new GapwiseError(
    'usage',
    'DATABASE_URL_INVALID',
    'expected a database URL such as postgres://user:password@host:5432/name, but the one given is none; ' +
      'check --database-url or DATABASE_URL',
  )
}

/** The same server's URL for another database. */
export const urlOfDatabase = (databaseUrl: string, name: string): string => {
  const url = parseUrl(databaseUrl)
  url.pathname = `/${encodeURIComponent(name)}`
  return url.href
}

/** The name of the database that a URL names. */
export const databaseOf = (databaseUrl: string): string =>
  decodeURIComponent(parseUrl(databaseUrl).pathname.slice(1))

const cures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'start the server, or correct host and port',
  ENOTFOUND: 'correct the host name',
  ENOENT: 'correct the path of the socket',
  '28P01': 'correct user and password',
  '28000': 'let this user in (pg_hba.conf), or correct the user',
  '3D000': 'create that database, or name one that exists',
  '53300': 'end some of its connections, or raise max_connections',
}

const unreachable = (databaseUrl: string, error: unknown): GapwiseError => {
  const { code = '', message } = error as { code?: string; message: string }
  const cure = cures[code] ?? 'check that the server runs and can be reached from here'
  return new GapwiseError(
    'environment',
    'DATABASE_UNREACHABLE',
    `expected PostgreSQL to answer at ${redactUrl(databaseUrl)}, but found: ${message || code}; ${cure}, ` +
      'or leave --database-url and DATABASE_URL out to use the embedded server',
    { cause: error },
  )
}

/**
 * Runs an errand on a connection of its own and closes it.
 * @throws GapwiseError `environment` DATABASE_UNREACHABLE when no connection comes about
 */
export const withClient = async <Result>(
  databaseUrl: string,
  errand: (client: Client) => Promise<Result>,
): Promise<Result> => {
  parseUrl(databaseUrl)
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 })
  // A server that goes away fails the errand's own query; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw unreachable(databaseUrl, error)
  }
  try {
    return await errand(client)
  } finally {
    await client.end()
  }
}
