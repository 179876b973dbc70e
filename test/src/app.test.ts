import t from 'tap'
import { build } from '../helpers/build.ts'
import { connectionsOf, fakeDriver } from '../helpers/fake-driver.ts'

t.test('json and plaintext answer as the contract says', async (t) => {
  const app = await build(t, 'baseline')
  const json = await app.inject('/json')
  t.equal(json.body, '{"message":"Hello, World!"}')
  t.equal(json.headers['content-type'], 'application/json; charset=utf-8')
  t.equal(json.headers['server'], 'gapwise')
  const plaintext = await app.inject('/plaintext')
  t.equal(plaintext.body, 'Hello, World!')
  t.match(plaintext.headers['content-type'], /^text\/plain/)
})

t.test('queries reads N rows, one statement each, in the order asked', async (t) => {
  const log: [string, readonly unknown[]][] = []
  const app = await build(t, 'baseline', { driver: fakeDriver(log) })
  const rows = (await app.inject('/queries?queries=5')).json<{ id: number }[]>()
  t.equal(rows.length, 5)
  t.same(
    log,
    rows.map(({ id }) => ['select-world', [id]]),
  )
})

t.test('profile tells who answers and what is effective', async (t) => {
  const app = await build(t, 'baseline+database-pool={"max":3}')
  t.match((await app.inject('/profile')).json(), {
    name: 'baseline+database-pool={"max":3}',
    runId: 'test-run',
    pid: process.pid,
    workers: 1,
    toggles: { 'database-pool': { max: 3 } },
  })
})

t.test('a server whose workers are not all up is not ready, but alive', async (t) => {
  const app = await build(t, 'baseline', { ready: () => false })
  t.equal((await app.inject('/readyz')).statusCode, 503)
  t.equal((await app.inject('/healthz')).statusCode, 200)
})

t.test('a database that does not answer makes the server unready, with the reason', async (t) => {
  const driver = {
    name: 'dead',
    open: async () =>
      connectionsOf({
        query: async () => {
          throw new Error('no route to database')
        },
      }),
  }
  const app = await build(t, 'baseline', { driver })
  const answer = await app.inject('/readyz')
  t.equal(answer.statusCode, 503)
  t.match(answer.json(), { status: 'unready', reason: /database/ })
  t.equal((await app.inject('/db')).statusCode, 500)
})

t.test('response-schema drops what the schema does not name, its stated tradeoff', async (t) => {
  const driver = {
    name: 'chatty',
    open: async () =>
      connectionsOf({
        query: async <Row>() => [{ id: 1, randomNumber: 2, secret: 'x' }] as Row[],
      }),
  }
  t.match((await (await build(t, 'baseline', { driver })).inject('/db')).body, /secret/)
  t.equal(
    (await (await build(t, 'serialized', { driver })).inject('/db')).body,
    '{"id":1,"randomNumber":2}',
  )
})

t.test('response-schema for lists compiles lists and leaves single objects to V8', async (t) => {
  const query = async <Row>() => [{ id: 1, randomNumber: 2, extra: 'x' }] as Row[]
  const driver = {
    name: 'chatty',
    open: async () => connectionsOf({ query }),
  }
  const app = await build(t, 'baseline+response-schema={"routes":"lists"}', { driver })
  t.match((await app.inject('/db')).body, /extra/)
  t.equal((await app.inject('/queries')).body, '[{"id":1,"randomNumber":2}]')
})
