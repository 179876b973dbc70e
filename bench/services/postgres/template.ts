/** Makes the initialised and filled cluster that every command copies, once per version, in the cache folder. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { GapwiseError } from '../../../src/errors.ts'
import { dataVersion } from '../../data.ts'
import type { Supervisor } from '../../supervisor.ts'
import { seed } from '../seed.ts'
import { makeFolderFor } from './account.ts'
import { type PostgresHome, renameOrYield } from './home.ts'
import { startServer, superuser } from './server.ts'

/** The database in an embedded cluster that contenders' databases are copied from. */
export const templateDatabase = 'gapwise_template'

/** Raise it when the options of initdb change. */
const clusterVersion = 1

const initdbOptions = [
  `--username=${superuser}`,
  '--auth=trust',
  '--encoding=UTF8',
  // The built-in provider needs no locale files and sorts alike on every machine.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--no-sync',
]

const initdb = async (
  home: PostgresHome,
  supervisor: Supervisor,
  dataDir: string,
): Promise<void> => {
  const { account, binaries } = home
  const [command = '', ...args] = [
    ...account.prefix,
    binaries.initdb,
    '-D',
    dataDir,
    ...initdbOptions,
  ]
  const child = await supervisor.spawn({
    name: 'initdb',
    command,
    args,
    env: binaries.env,
    stdout: 'log',
  })
  const { code, signal } = await child.exited
  if (code === 0) return
  throw new GapwiseError(
    'environment',
    'POSTGRES_INITDB',
    `expected initdb to make a database cluster, but it ended with ${signal ?? code}; the end of its log:\n` +
      `${child.logTail()}\nCure what it names, or give a server with --database-url`,
  )
}

/** Fills the template database, then closes it: CREATE DATABASE needs a source that nobody is connected to. */
const fill = async (host: string, port: number): Promise<void> => {
  const login = { host, port, user: superuser, ssl: false }
  const admin = new Client({ ...login, database: 'postgres' })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE ${templateDatabase}`)
    const client = new Client({ ...login, database: templateDatabase })
    await client.connect()
    try {
      await seed(client)
    } finally {
      await client.end()
    }
    await admin.query(`ALTER DATABASE ${templateDatabase} IS_TEMPLATE true ALLOW_CONNECTIONS false`)
  } finally {
    await admin.end()
  }
}

/**
 * The folder of the filled template cluster; made first if need be, elsewhere and then renamed, so two
 * commands at once may both make it and neither sees half of one.
 * @throws GapwiseError `environment` POSTGRES_INITDB or POSTGRES_START
 */
export const ensureTemplate = async (
  home: PostgresHome,
  supervisor: Supervisor,
  socketDir: string,
  progress: (line: string) => void,
): Promise<string> => {
  const version = `${home.binaries.version}-data${dataVersion}-${clusterVersion}`
  const place = join(home.cache, `cluster-${version}-${process.arch}`)
  if (existsSync(join(place, 'PG_VERSION'))) return place
  progress(`Making the PostgreSQL ${home.binaries.version} template (once)`)
  const made = `${place}.new-${supervisor.runId}`
  supervisor.removeAtEnd(made)
  makeFolderFor(home.account, made)
  await initdb(home, supervisor, made)
  const server = await startServer({ home, supervisor, dataDir: made, socketDir, tcp: false })
  try {
    await fill(socketDir, server.port)
  } finally {
    await server.child.stop()
  }
  renameOrYield(made, place)
  return place
}
