/** With every cache: after a write that failed, or whose end nobody knows, what is read is what the database holds. */
import t, { type Test } from 'tap'
import { openDatabase } from '../../../bench/contract/probe/stage.ts'
import { startApp } from '../../helpers/start-app.ts'
import { countWaiting, openTestPostgres } from '../../helpers/test-postgres.ts'
import { openGate } from './fixtures/gate.ts'

const caches = ['row-cache', 'single-flight', 'row-cache+payload-cache+single-flight']
const ways = ['database-pool={"max":3}', 'prepared-statements+pipelined-queries', 'postgres-js']
const writers = 4
const rounds = 12
const patienceMs = 10_000

t.setTimeout(300_000)
const { postgres, admin } = await openTestPostgres(t)

const fieldsOf = (id: number, age: number) => ({
  username: `w-${id}`,
  email: `w-${id}@example.com`,
  age,
})

/** A server behind a gate, and a look into its database past the gate. */
async function start(t: Test, spec: string) {
  const databaseUrl = await postgres.createDatabase(spec)
  const gate = await openGate(databaseUrl)
  t.teardown(() => gate.shut())
  const { app } = await startApp(t, spec, gate.databaseUrl)
  const database = await openDatabase(databaseUrl)
  t.teardown(() => database[Symbol.asyncDispose]())
  return {
    gate,
    databaseUrl,
    sql: database.sql,
    put: async (id: number, fields: object): Promise<number> =>
      (await app.inject({ method: 'PUT', url: `/users/${id}`, payload: fields })).statusCode,
    remove: async (id: number): Promise<number> =>
      (await app.inject({ method: 'DELETE', url: `/users/${id}` })).statusCode,
    /** The age that is answered; the status where there is none. */
    read: async (id: number): Promise<string> => {
      const { statusCode, body } = await app.inject(`/users/${id}`)
      return statusCode === 200
        ? `age ${(JSON.parse(body) as { age: number }).age}`
        : `status ${statusCode}`
    },
    /** What must be answered. */
    held: async (id: number): Promise<string> => {
      const [row] = await database.sql<{ age: number }>('SELECT age FROM users WHERE id = $1', [id])
      return row === undefined ? 'status 404' : `age ${row.age}`
    },
  }
}
type Server = Awaited<ReturnType<typeof start>>

async function until(holds: () => Promise<boolean>): Promise<boolean> {
  const deadlineMs = performance.now() + patienceMs
  while (performance.now() < deadlineMs) if (await holds()) return true
  return false
}

/** Some writes are refused for a name that is taken, some undone by the database, some are done; many read meanwhile. */
async function fail(t: Test, { sql, put, read, held }: Server): Promise<void> {
  await sql(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.age = 99 THEN RAISE EXCEPTION 'not 99'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER refuse AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION refuse()`)
  const statuses = new Set<number>()
  const differences: string[] = []
  for (let round = 0; round < rounds; round++) {
    const id = 1 + (round % 3)
    await Promise.all([
      ...Array.from({ length: writers }, async (_, writer) => {
        statuses.add(await put(id, { ...fieldsOf(id, 20), username: 'user0900' }))
        statuses.add(await put(id, fieldsOf(id, 99)))
        statuses.add(await put(id, fieldsOf(id, 30 + ((round * writers + writer) % 60))))
        statuses.add(await put(id, fieldsOf(id, 99)))
      }),
      ...Array.from({ length: 4 * writers }, () => read(id)),
    ])
    for (let times = 0; times < 2; times++) {
      const [answered, kept] = [await read(id), await held(id)]
      if (answered !== kept) differences.push(`${answered} for ${kept}`)
    }
  }
  t.strictSame(differences, [])
  t.strictSame(
    [...statuses].toSorted((a, b) => a - b),
    [200, 409, 500],
  )
}

/** The connection is lost in the middle of a write: the database does it after the client was told that it failed. */
async function lose(t: Test, server: Server, write: 'put' | 'remove'): Promise<void> {
  const { gate, databaseUrl, read, held } = server
  const id = write === 'put' ? 11 : 12
  const before = await read(id)
  const locker = await openDatabase(databaseUrl)
  await locker.sql('BEGIN')
  await locker.sql('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [id])
  const writing = write === 'put' ? server.put(id, fieldsOf(id, 77)) : server.remove(id)
  t.ok(await until(async () => (await countWaiting(admin, databaseUrl)) === 1), 'it waits')
  await gate.shut()
  t.equal(await writing, 500)
  await gate.open()
  t.ok(await until(async () => (await read(id)) === before), 'as it was, as long as it is')
  t.equal(await read(id), before)
  await locker[Symbol.asyncDispose]()
  const wanted = write === 'put' ? 'age 77' : 'status 404'
  t.ok(await until(async () => (await held(id)) === wanted), 'it is done now')
  t.equal(await read(id), wanted)
  t.equal(await read(id), wanted)
}

t.jobs = 2
for (const cache of caches)
  for (const way of ways) {
    const spec = `baseline+${cache}+${way}`
    void t.test(spec, { buffered: true }, async (t) => {
      const server = await start(t, spec)
      await t.test('writes that fail among others', (t) => fail(t, server))
      await t.test('an update that is lost and done', (t) => lose(t, server, 'put'))
      await t.test('a removal that is lost and done', (t) => lose(t, server, 'remove'))
    })
  }
