/** With every cache, on every way to hold connections: who has written reads what was written, or what came later. */
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { Agent } from 'undici'
import { createRandom } from '../../../bench/stats/random.ts'
import { compose } from '../../../src/compose.ts'
import { fillingsOf, resolveProfile } from '../../../src/profile/resolve.ts'
import { quickStart } from '../../../src/quick-start.ts'
import { build } from '../../helpers/build.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { freezing } from './fixtures/frozen-rows.ts'
import { UserHistory } from './fixtures/user-history.ts'

const caches = [
  'row-cache',
  'single-flight',
  'row-cache+payload-cache',
  'row-cache={"max":3}+payload-cache+single-flight+response-schema',
]
const ways = ['database-pool', 'prepared-statements+pipelined-queries']
const writers = 6
const readers = 24
const updatesPerUser = 12
const usersPerWriter = 5
const rounds = 60

t.setTimeout(300_000)
const services = await openTestPostgres(t)

interface User {
  readonly id: number
  readonly username: string
  readonly age: number
}

interface Server {
  readonly url: URL
  readonly databaseUrl: string
  readonly ask: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ) => Promise<{ status: number; body: string }>
}

async function start(t: Test, spec: string): Promise<Server> {
  const databaseUrl = await services.postgres.createDatabase(spec)
  const parts = compose(quickStart, fillingsOf(await resolveProfile(spec)))
  const app = await build(t, spec, { databaseUrl, driver: freezing(await parts.driver()) })
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const agent = new Agent({ connections: readers + writers, pipelining: 1 })
  t.teardown(() => agent.destroy())
  return {
    url,
    databaseUrl,
    async ask(method, path, body) {
      const answer = await agent.request({
        origin: url.origin,
        path,
        method,
        ...(body && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      })
      return { status: answer.statusCode, body: await answer.body.text() }
    },
  }
}

const fieldsOf = (name: string, version: number) => ({
  username: `u-${name}.${version}`,
  email: `u-${name}@example.com`,
  age: 18 + version,
})

const versionIn = (body: string): number =>
  Number((JSON.parse(body) as User).username.split('.')[1])

t.jobs = 2
for (const cache of caches)
  for (const way of ways) {
    const spec = `baseline+${cache}+${way}`
    void t.test(spec, { buffered: true }, async (t) => {
      const server = await start(t, spec)
      await t.test('one writer for each user', (t) => interleave(t, server))
      await t.test('several writers at once', (t) => contend(t, server))
    })
  }

/** Users are made, changed and removed, each by one writer, while many read them and ids that are to come. */
async function interleave(t: Test, { ask }: Server): Promise<void> {
  const history = new UserHistory()
  const random = createRandom(7)
  const upTo = (most: number): number => Math.floor(random.next() * most)
  const unexpected: string[] = []
  const ids: number[] = []
  let newest = 1000
  const progress = { writing: writers, reads: 0 }

  const expect = (wanted: number, { status, body }: { status: number; body: string }): void => {
    if (status !== wanted) unexpected.push(`${status} for ${wanted}: ${body}`)
  }
  const write = async (writer: number): Promise<void> => {
    for (let user = 0; user < usersPerWriter; user++) {
      const name = `${writer}-${user}`
      const made = await ask('POST', '/users', fieldsOf(name, 1))
      expect(201, made)
      const { id } = JSON.parse(made.body) as User
      history.write(id, 1)()
      ids.push(id)
      newest = Math.max(newest, id)
      for (let version = 2; version < updatesPerUser + 2; version++) {
        const end = history.write(id, version)
        const updated = await ask('PUT', `/users/${id}`, fieldsOf(name, version))
        end()
        expect(200, updated)
        if (random.next() < 0.5) await readOnce(id)
      }
      const end = history.write(id, updatesPerUser + 2, true)
      expect(204, await ask('DELETE', `/users/${id}`))
      end()
      await readOnce(id)
    }
    progress.writing--
  }
  const readOnce = async (id: number): Promise<void> => {
    const reading = history.read(id)
    const answer = await ask('GET', `/users/${id}`)
    progress.reads++
    if (answer.status !== 404) expect(200, answer)
    if (answer.status === 200 && (JSON.parse(answer.body) as User).id !== id)
      unexpected.push(`${answer.body} for user ${id}`)
    reading.end(answer.status === 200 ? versionIn(answer.body) : undefined)
  }
  const listOnce = async (id: number): Promise<void> => {
    const reading = history.read(id, false)
    const answer = await ask('GET', `/users?after=${id - 1}&limit=1`)
    expect(200, answer)
    const [user] = JSON.parse(answer.body) as User[]
    reading.end(user?.id === id ? Number(user.username.split('.')[1]) : undefined)
  }
  const read = async (): Promise<void> => {
    while (progress.writing > 0) {
      // Mostly the users of now, some who are gone, some who are to come.
      const recent = ids.at(-1 - upTo(Math.min(writers, ids.length)))
      const id = random.next() < 0.1 ? newest + 1 + upTo(2) : recent
      if (id === undefined || random.next() < 0.02) await ask('GET', `/users/${1 + upTo(1000)}`)
      else if (random.next() < 0.1) await listOnce(id)
      else await readOnce(id)
    }
  }
  await Promise.all([
    ...Array.from({ length: writers }, (_, writer) => write(writer)),
    ...Array.from({ length: readers }, read),
  ])
  t.strictSame(unexpected, [], 'every request is answered as it should')
  t.strictSame(history.problems, [], 'no read gives less than was written before it began')
  t.ok(progress.reads > 1000, `${progress.reads} reads`)
}

/** The same row is written by several at once; when all is answered, what is read is what the database holds. */
async function contend(t: Test, { ask, databaseUrl }: Server): Promise<void> {
  const problems: string[] = []
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  for (let round = 0; round < rounds; round++) {
    const id = 1 + (round % 5)
    const read = async (): Promise<User> =>
      JSON.parse((await ask('GET', `/users/${id}`)).body) as User
    await Promise.all([
      ...Array.from({ length: 4 }, (_, writer) =>
        ask('PUT', `/users/${id}`, fieldsOf(`c-${id}-${round}-${writer}`, writer)),
      ),
      ...Array.from({ length: 8 }, read),
    ])
    const { rows } = await client.query<User>('SELECT username FROM users WHERE id = $1', [id])
    for (let times = 0; times < 2; times++) {
      const { username } = await read()
      if (username !== rows[0]?.username)
        problems.push(`${username} for ${String(rows[0]?.username)}`)
    }
  }
  await client.end()
  t.strictSame(problems, [])
}
