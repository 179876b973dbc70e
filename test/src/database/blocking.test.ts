/** Calls that block the loop: their errors, their limit, and what is left when they end. */
import type { Worker } from 'node:worker_threads'
import Fastify from 'fastify'
import t from 'tap'
import { openBlocking } from '../../../src/database/blocking.ts'
import type { Connections, Statement } from '../../../src/database.ts'
import { connectionsLeft, lockWorld, openTestPostgres } from '../../helpers/test-postgres.ts'
import { openLayers } from './fixtures/open-layers.ts'

const statement = (name: string, text: string): Statement => ({ name: `test-${name}`, text })

const divide = statement('divide', 'SELECT 1 / $1::int AS quotient')
const values = statement(
  'values',
  `SELECT 9007199254740993::int8 AS big, null AS nothing, $1::text AS text,
     '2026-01-01T01:37:00.137Z'::timestamptz AS instant, true AS yes`,
)
const number = statement('number', 'SELECT random_number AS number FROM world WHERE id = $1')
const sleep = statement('sleep', 'SELECT pg_sleep(0.01)')
const end = statement('end', 'SELECT pg_terminate_backend(pg_backend_pid())')
const link = statement('link', 'INSERT INTO links (code, url) VALUES ($1, $2)')
const countLinks = statement(
  'count-links',
  'SELECT count(*)::int AS count FROM links WHERE code = $1',
)

const entries = {
  pg: new URL('../../../src/database/drivers/pg/thread.ts', import.meta.url),
  'postgres-js': new URL('../../../src/database/drivers/postgres-js/thread.ts', import.meta.url),
}
const specs = ['baseline+blocking-call', 'baseline+blocking-call+postgres-js+prepared-statements']

const { postgres, admin } = await openTestPostgres(t)

const openWithLimit = (url: string, entry: URL, limitMs?: number): Promise<Connections> =>
  openBlocking({ app: Fastify(), url, max: 10, hold: 'blocking', prepare: false }, entry, limitMs)

for (const spec of specs) {
  t.test(`${spec}: values and errors are those of the driver`, async (t) => {
    const databaseUrl = await postgres.createDatabase(spec)
    const { connections, database } = await openLayers(t, spec, { databaseUrl })
    t.strictSame(await connections.query(values, ['naïve 😀']), [
      {
        big: '9007199254740993',
        nothing: null,
        text: 'naïve 😀',
        instant: new Date('2026-01-01T01:37:00.137Z'),
        yes: true,
      },
    ])
    await t.rejects(connections.query(divide, [0]), {
      message: 'division by zero',
      code: '22012',
      severity: 'ERROR',
    })
    await t.rejects(connections.query(link, ['a\0b', '']), { code: '22021' })
    const taken = { username: 'user0001', email: 'new@example.com', age: 20 }
    await t.rejects(database.createUser(taken), {
      message: 'username or email is taken',
      cause: { code: '23505', message: /users_username_key/ },
    })
    t.equal((await database.createUser({ ...taken, username: 'new' })).username, 'new')
  })

  t.test(`${spec}: a lost connection has a code, and the next call another one`, async (t) => {
    const databaseUrl = await postgres.createDatabase(`${spec} lost`)
    const { connections } = await openLayers(t, spec, { databaseUrl })
    for (let each = 0; each < 5; each++) {
      await t.rejects(connections.query(end, []), { code: /^(57P01|08006|CONNECTION_CLOSED)$/ })
      t.strictSame(await connections.query(number, [42]), [{ number: 7328 }])
    }
  })

  t.test(`${spec}: nothing of a transaction goes on over another connection`, async (t) => {
    const databaseUrl = await postgres.createDatabase(`${spec} stubborn`)
    const { connections } = await openLayers(t, spec, { databaseUrl })
    const stubborn = connections.transaction(async (session) => {
      await session.query(link, ['first', ''])
      await session.query(end, []).catch(() => undefined)
      await session.query(link, ['second', ''])
    })
    await t.rejects(stubborn)
    for (const code of ['first', 'second'])
      t.strictSame(await connections.query(countLinks, [code]), [{ count: 0 }])
  })

  t.test(`${spec}: its thread ends with the app`, async (t) => {
    const databaseUrl = await postgres.createDatabase(`${spec} ends`)
    const threads = { started: 0, ended: 0 }
    const count = (worker: Worker): void => {
      threads.started++
      worker.once('exit', () => threads.ended++)
    }
    process.on('worker', count)
    t.teardown(() => process.off('worker', count))
    const { connections, database } = await openLayers(t, spec, { databaseUrl })
    await connections.query(number, [1])
    t.strictSame(threads, { started: 1, ended: 0 })
    await database.close()
    t.strictSame(threads, { started: 1, ended: 1 })
    t.equal(await connectionsLeft(admin, databaseUrl), 0)
    await t.rejects(connections.query(number, [1]), /closing/)
    t.equal(threads.started, 1)
  })
}

t.test('the loop stands still until the answer is there', async (t) => {
  const databaseUrl = await postgres.createDatabase('still')
  const { connections } = await openLayers(t, 'baseline+blocking-call', { databaseUrl })
  let turns = 0
  const immediate = setImmediate(() => turns++)
  const timer = setTimeout(() => turns++, 0)
  const order: number[] = []
  const asked = [1, 2, 3].map(async (each) => {
    await connections.query(sleep, [])
    order.push(each)
  })
  await Promise.all(asked)
  t.equal(turns, 0, 'three calls were made and answered within one turn')
  t.strictSame(order, [1, 2, 3])
  clearImmediate(immediate)
  clearTimeout(timer)
})

for (const [driver, entry] of Object.entries(entries))
  t.test(
    `${driver}: a call that takes too long fails, and the next has a new thread`,
    async (t) => {
      const databaseUrl = await postgres.createDatabase(`${driver} limit`)
      const connections = await openWithLimit(databaseUrl, entry, 3000)
      t.teardown(() => connections.close())
      await connections.query(link, ['before', ''])
      const unlock = await lockWorld(databaseUrl)
      const inside = connections.transaction(async (session) => {
        await session.query(link, ['inside', ''])
        await session.query(number, [42])
      })
      await t.rejects(inside, { code: 'DATABASE_CALL_TOO_LONG', message: /within 3 s/ })
      t.strictSame(await connections.query(countLinks, ['before']), [{ count: 1 }])
      await unlock()
      t.strictSame(await connections.query(number, [42]), [{ number: 7328 }])
      t.strictSame(await connections.query(countLinks, ['inside']), [{ count: 0 }])
      await connections.close()
      t.equal(await connectionsLeft(admin, databaseUrl), 0)
    },
  )

t.test('a thread that cannot start is told at boot', async (t) => {
  const nowhere = new URL('./fixtures/no-such-thread.ts', import.meta.url)
  await t.rejects(openWithLimit('postgres://localhost/', nowhere), { code: /MODULE_NOT_FOUND/ })
})

t.test('a database that is not there is an error of each call', async (t) => {
  const connections = await openWithLimit('postgres://127.0.0.1:1/none', entries.pg)
  t.teardown(() => connections.close())
  for (let each = 0; each < 2; each++)
    await t.rejects(connections.query(number, [1]), { code: 'ECONNREFUSED' })
})
