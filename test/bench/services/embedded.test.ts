/** The embedded PostgreSQL: started, copied, stopped, as any user and twice at once. */
import { execFile, spawnSync } from 'node:child_process'
import {
  chownSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { postAnswers } from '../../../bench/data/posts.ts'
import { seededUser } from '../../../bench/data/users.ts'
import { worldRandomNumber } from '../../../bench/data/world.ts'
import { type Account, lesserAccount } from '../../../bench/services/postgres/account.ts'
import { nativeFolder, openBinaries } from '../../../bench/services/postgres/binaries.ts'
import { withClient } from '../../../bench/services/postgres/connect.ts'
import { openEmbedded } from '../../../bench/services/postgres/embedded.ts'
import { openPostgres } from '../../../bench/services/postgres/open-postgres.ts'
import { serverSettings } from '../../../bench/services/postgres/settings.ts'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'
import { startOwner, untilEmpty } from '../supervisor/fixtures/start-owner.ts'

const progress = () => undefined
const script = fileURLToPath(new URL('fixtures/embedded.ts', import.meta.url))
const isRoot = process.getuid?.() === 0

/** Runs the fixture with a cache folder of its own and returns what it reports. */
const runFixture = async (cache: string, prefix: readonly string[] = []) => {
  const line = [...prefix, process.execPath, script]
  const env = { PATH: process.env['PATH'], HOME: cache, XDG_CACHE_HOME: cache }
  const { stdout } = await promisify(execFile)('env', line, { env, cwd: '/' })
  return JSON.parse(stdout) as { rows: number; uid: number; dir: string; version: string }
}

t.test('a server with our rows, our settings and a database for each contender', async (t) => {
  await using supervisor = await openSupervisor({ command: 'test' })
  const postgres = await openPostgres({ supervisor, progress })
  t.match(postgres.version, /^\d+\.\d+$/)
  t.equal(postgres.embedded, true)
  t.match(postgres.adminUrl, /^postgres:\/\/gapwise@127\.0\.0\.1:\d+\/postgres$/)
  for (const name of [
    'fsync',
    'synchronous_commit',
    'autovacuum',
    'jit',
    'shared_buffers',
  ] as const)
    t.equal(postgres.settings[name], serverSettings[name], name)

  const first = await postgres.createDatabase('baseline+workers')
  const second = await postgres.createDatabase('baseline~workers')
  t.not(first, second, 'ids that are cleaned alike get databases of their own')
  await withClient(first, async (client) => {
    const world = await client.query<{ id: number; number: number }>(
      'SELECT id, random_number AS number FROM world ORDER BY id',
    )
    t.equal(world.rows.length, 10_000)
    t.ok(world.rows.every(({ id, number }) => number === worldRandomNumber(id)))
    const posts = await client.query(
      `SELECT id, title, body, author, views, created_at AS "createdAt" FROM posts ORDER BY id LIMIT 100`,
    )
    t.equal(JSON.stringify(posts.rows), JSON.stringify(postAnswers(100)))
    const { id: _, createdAt: __, ...user } = seededUser(1000)
    t.match((await client.query('SELECT * FROM users WHERE id = 1000')).rows[0], user)
    const added = await client.query(
      `INSERT INTO users (username, email, age) VALUES ('new', 'new@example.com', 20) RETURNING id`,
    )
    t.strictSame(added.rows, [{ id: 1001 }], 'new users follow the seeded ones')
    await client.query('DELETE FROM world')
  })
  const count = (url: string) =>
    withClient(url, async (client) => (await client.query('SELECT count(*)::int FROM world')).rows)
  t.strictSame(await count(second), [{ count: 10_000 }], 'contenders do not see each other')

  const before = postgres.cpu?.readNs() ?? 0
  await withClient(second, (client) =>
    client.query('SELECT sum(i) FROM generate_series(1, 300000) i'),
  )
  t.ok((postgres.cpu?.readNs() ?? 0) > before, 'the work of its processes is counted')

  await withClient(first, async () => {
    const again = await postgres.createDatabase('baseline+workers')
    t.strictSame(
      await count(again),
      [{ count: 10_000 }],
      'a fresh one, though somebody was connected',
    )
  })
  await postgres.dropDatabase('baseline~workers')
  await postgres.dropDatabase('baseline~workers')
  await t.rejects(count(second), { code: 'DATABASE_UNREACHABLE', message: /create that database/ })
  await postgres[Symbol.asyncDispose]()
  await t.rejects(count(postgres.adminUrl), {
    code: 'DATABASE_UNREACHABLE',
    message: /ECONNREFUSED/,
  })
  t.notOk(existsSync(join(supervisor.dir, 'postgres')), 'its data are gone')
})

t.test('it runs where install scripts are blocked and no library links were made', async (t) => {
  const dir = t.testdir()
  const native = join(dir, 'package', 'native')
  await cp(nativeFolder(), native, { recursive: true, mode: constants.COPYFILE_FICLONE })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    target: string
  }[]
  for (const { target } of links) rmSync(join(native, '..', target), { force: true })
  const before = readdirSync(join(native, 'lib'))
  const [binaries, again] = [openBinaries(native, dir), openBinaries(native, dir)]
  t.match(binaries, again, 'the links are made once')
  const { env } = binaries
  const initdb = spawnSync(binaries.initdb, ['--version'], { env, encoding: 'utf8' })
  t.match(initdb, { status: 0, stdout: `initdb (PostgreSQL) ${binaries.version}` }, initdb.stderr)
  t.strictSame(readdirSync(join(native, 'lib')), before, 'the package stays as it is')
})

t.test('two commands at once make the template and run side by side', async (t) => {
  const cache = t.testdir()
  const both = await Promise.all([runFixture(cache), runFixture(cache)])
  t.strictSame(
    both.map(({ rows }) => rows),
    [10_000, 10_000],
  )
  const kept = readdirSync(join(cache, 'gapwise/postgres'))
  t.equal(kept.filter((name) => name.startsWith('cluster-')).length, 1)
  t.strictSame(
    kept.filter((name) => name.includes('.new')),
    [],
    'nothing half made is left',
  )
  t.notOk(both.some(({ dir }) => existsSync(dir)))
})

t.test('kill -9 of a command ends its server and removes its data', async (t) => {
  const owner = await startOwner(t.testdir(), ['--postgres'])
  t.ok(owner.tree.length > 6, 'the server and its own processes run')
  await withClient(owner.databaseUrl ?? '', (client) => client.query('SELECT 1'))
  process.kill(owner.pid, 'SIGKILL')
  t.strictSame(await untilEmpty(owner.leftovers), [])
})

t.test(
  'a server that cannot start is an error with the end of its log, and leaves nothing',
  async (t) => {
    await using supervisor = await openSupervisor({ command: 'test' })
    const account: Account = {
      kind: 'self',
      prefix: ['sh', '-c', 'echo this machine is too small >&2; exit 3'],
    }
    await t.rejects(openEmbedded({ supervisor, progress, account }), {
      failure: 'environment',
      code: /^POSTGRES_(START|INITDB)$/,
      message: /ended (at once|with 3); the end of its log:\nthis machine is too small\nCure/,
    })
  },
)

t.test(
  'root may lend it a user without rights',
  { skip: !lesserAccount() && 'not root' },
  async (t) => {
    const account = lesserAccount()
    if (!account) return
    await using supervisor = await openSupervisor({ command: 'test' })
    await using postgres = await openEmbedded({ supervisor, progress, account })
    const url = await postgres.createDatabase('lesser')
    t.strictSame(
      await withClient(
        url,
        async (client) => (await client.query('SELECT count(*)::int FROM fortune')).rows,
      ),
      [{ count: 12 }],
    )
  },
)

const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
const nobodyCan = () =>
  isRoot &&
  spawnSync('setpriv', [...asNobody.slice(1), process.execPath, '--check', script]).status === 0

t.test(
  'an ordinary user runs it as itself',
  { skip: !nobodyCan() && 'not root, or this folder is closed to other users' },
  async (t) => {
    const cache = mkdtempSync(join(tmpdir(), 'gapwise-test-'))
    t.teardown(() => rmSync(cache, { recursive: true }))
    chownSync(cache, 65_534, 65_534)
    t.match(await runFixture(cache, asNobody), { rows: 10_000, uid: 65_534 })
  },
)
