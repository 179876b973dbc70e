/** A server given by URL; the embedded one plays it here. */
import { createServer } from 'node:net'
import { once } from 'node:events'
import t from 'tap'
import {
  parseUrl,
  redactUrl,
  urlOfDatabase,
  withClient,
} from '../../../bench/services/postgres/connect.ts'
import { openPostgres } from '../../../bench/services/postgres/open-postgres.ts'
import { useDatabase } from '../../../bench/services/postgres/use-database.ts'
import type { Postgres } from '../../../bench/services/postgres.ts'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'

const progress = () => undefined
const supervisor = await openSupervisor({ command: 'test' })
const embedded = await openPostgres({ supervisor, progress })
t.teardown(() => supervisor[Symbol.asyncDispose]())

const run = (databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> =>
  withClient(databaseUrl, async (client) => (await client.query(sql)).rows)
const databases = async () =>
  (await run(embedded.adminUrl, 'SELECT datname FROM pg_database')).map(({ datname }) => datname)
/** A new empty database of our embedded server. */
const empty = async (name: string): Promise<string> => {
  await run(embedded.adminUrl, `CREATE DATABASE ${name} TEMPLATE template0`)
  return urlOfDatabase(embedded.adminUrl, name)
}
const tables = (url: string) =>
  run(
    url,
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  )
const openExternal = (databaseUrl: string): Promise<Postgres> =>
  openPostgres({ supervisor, progress, databaseUrl })

await t.test(
  'a server by URL gets our template once and databases that end with the run',
  async (t) => {
    const leftover = 'gapwise_run_20200101_000000_abcdef_1_old'
    await empty(leftover)
    const lines: string[] = []
    await using other = await openSupervisor({ command: 'other' })
    const both = await Promise.all(
      [supervisor, other].map((each) =>
        openPostgres({
          supervisor: each,
          progress: (line) => lines.push(line),
          databaseUrl: embedded.adminUrl,
        }),
      ),
    )
    t.match(lines[0], /^Making the database gapwise_template_v1/)
    t.notOk((await databases()).includes(leftover), 'an old run has left it behind')
    for (const postgres of both) {
      t.match(postgres, {
        embedded: false,
        cpu: undefined,
        version: /^\d+/,
        settings: { jit: 'off' },
      })
      const url = await postgres.createDatabase('tuned')
      t.match(new URL(url).pathname, /^\/gapwise_run_\d{8}_\d{6}_[a-z]{6}_1_tuned$/)
      t.match(await run(url, 'SELECT count(*)::int FROM world'), [{ count: 10_000 }])
      await postgres[Symbol.asyncDispose]()
    }
    const left = await databases()
    t.ok(left.includes('gapwise_template_v1'))
    t.strictSame(
      left.filter((name) => String(name).startsWith('gapwise_run_')),
      [],
    )
  },
)

await t.test('a template that is not ours is refused', async (t) => {
  await run(embedded.adminUrl, `COMMENT ON DATABASE gapwise_template_v1 IS 'mine'`)
  await t.rejects(openExternal(embedded.adminUrl), {
    failure: 'environment',
    code: 'FOREIGN_SCHEMA',
    message: /found "mine"; rename or drop it/,
  })
})

await t.test('a user that may not create databases is told how to get the right', async (t) => {
  await run(embedded.adminUrl, 'CREATE ROLE guest LOGIN')
  const url = new URL(embedded.adminUrl)
  url.username = 'guest'
  await t.rejects(openExternal(url.href), {
    failure: 'environment',
    code: 'DATABASE_RIGHTS',
    message: /ALTER ROLE guest CREATEDB/,
  })
})

await t.test('a dead URL is one message with the cure and without the password', async (t) => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  const url = `postgres://me:s3cret@127.0.0.1:${port}/db`
  for (const use of [openExternal, useDatabase]) {
    const error = await use(url).then(
      () => t.fail('it answered'),
      (reason: unknown) => reason as Error,
    )
    t.match(error, { failure: 'environment', code: 'DATABASE_UNREACHABLE' })
    t.match((error as Error).message, /me:\*\*\*@127\.0\.0\.1.*ECONNREFUSED.*start the server/s)
    t.notMatch((error as Error).message, /s3cret/)
  }
})

await t.test('what is not a database URL is a usage error that does not repeat it', (t) => {
  for (const bad of ['s3cret', 'http://s3cret@host/', ''])
    t.throws(() => parseUrl(bad), {
      failure: 'usage',
      code: 'DATABASE_URL_INVALID',
      message: /^((?!s3cret).)*$/s,
    })
  t.equal(redactUrl('postgres://a:b@h/d?password=c'), 'postgres://a:***@h/d?password=***')
  t.equal(urlOfDatabase('postgres://a:b@h:1/d?x=1', 'e f'), 'postgres://a:b@h:1/e%20f?x=1')
  t.end()
})

await t.test('an empty database is filled once, also by two at the same time', async (t) => {
  const url = await empty('fresh')
  await Promise.all([useDatabase(url), useDatabase(url)])
  const names = (await tables(url)).map(({ relname }) => relname)
  t.strictSame(names, ['fortune', 'gapwise_data', 'links', 'orders', 'posts', 'users', 'world'])
  await run(url, 'UPDATE world SET random_number = 0 WHERE id = 1')
  await useDatabase(url)
  t.strictSame(
    await run(url, 'SELECT random_number FROM world WHERE id = 1'),
    [{ random_number: 0 }],
    'one with our mark is left as it is',
  )
})

await t.test('data of another version are refused and not touched', async (t) => {
  const url = await empty('older')
  await useDatabase(url)
  await run(url, 'UPDATE gapwise_data SET version = 0')
  await t.rejects(useDatabase(url), {
    failure: 'environment',
    code: 'FOREIGN_SCHEMA',
    message: /found gapwise data of version 0; nothing was changed/,
  })
  t.strictSame(await run(url, 'SELECT version FROM gapwise_data'), [{ version: 0 }])
})

await t.test('a foreign schema is refused and not touched', async (t) => {
  const url = await empty('theirs')
  await run(url, 'CREATE TABLE world (name text); CREATE VIEW v AS SELECT 1 AS one')
  await t.rejects(useDatabase(url), { code: 'FOREIGN_SCHEMA', message: /not ours \(v, world\)/ })
  t.strictSame(await tables(url), [{ relname: 'world' }])
  t.strictSame(await run(url, 'SELECT * FROM world'), [])
})

await t.test('a table in another schema is foreign too', async (t) => {
  const url = await empty('elsewhere')
  await run(url, 'CREATE SCHEMA app; CREATE TABLE app.things (id int)')
  await t.rejects(useDatabase(url), { code: 'FOREIGN_SCHEMA', message: /app\.things/ })
})

await t.test('an empty database that may not be written says which right is missing', async (t) => {
  const url = new URL(await empty('locked'))
  url.username = 'guest'
  await t.rejects(useDatabase(url.href), {
    code: 'DATABASE_RIGHTS',
    message: /GRANT CREATE ON SCHEMA/,
  })
  t.strictSame(await tables(urlOfDatabase(embedded.adminUrl, 'locked')), [])
})
