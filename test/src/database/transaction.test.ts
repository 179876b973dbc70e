/** Transactions beside other queries: for every driver and every way to hold connections. */
import t, { type Test } from 'tap'
import type { Connections, Session, Statement } from '../../../src/database.ts'
import { inTransaction } from '../../../src/database/transaction.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { openLayers } from './fixtures/open-layers.ts'

const pooled = 'database-pool={"max":3}'
const single = 'database-pool={"max":1}'
const pipelined = 'pipelined-queries+prepared-statements'
const specs = [
  `baseline+${pooled}`,
  `baseline+${single}`,
  'baseline+connection-per-request',
  `baseline+pipelined-queries+${pooled}`,
  `baseline+${pipelined}+${single}`,
  `baseline+row-mode+${pipelined}+${pooled}`,
  `baseline+postgres-js+${pooled}`,
  `baseline+postgres-js+${single}`,
  'baseline+postgres-js+connection-per-request',
  `baseline+postgres-js+${pipelined}+${pooled}`,
  `baseline+postgres-js+${pipelined}+${single}`,
  'baseline+blocking-call',
  'baseline+blocking-call+postgres-js+prepared-statements',
]

/** Says which connection and which transaction a statement ran in. */
interface Where {
  readonly pid: number
  /** Null outside of a transaction that has written. */
  readonly xid: string | null
}

const here: Statement = {
  name: 'test-here',
  text: 'SELECT pg_backend_pid() AS pid, pg_current_xact_id_if_assigned()::text AS xid',
}
/** Gives the transaction a number, as its first write would. */
const begun: Statement = {
  name: 'test-begun',
  text: 'SELECT pg_backend_pid() AS pid, pg_current_xact_id()::text AS xid',
}
const order: Statement = {
  name: 'test-order',
  text: 'INSERT INTO orders (user_id, total_cents) VALUES ($1, $2)',
}
const countOrders: Statement = {
  name: 'test-count-orders',
  text: 'SELECT count(*)::int AS count FROM orders WHERE user_id = $1',
}
const link: Statement = {
  name: 'test-link',
  text: 'INSERT INTO links (code, url) VALUES ($1, $2)',
}
const divide: Statement = { name: 'test-divide', text: 'SELECT 1 / $1::int AS quotient' }
const end: Statement = { name: 'test-end', text: 'SELECT pg_terminate_backend(pg_backend_pid())' }

const transactions = 12
const others = 60

const { postgres } = await openTestPostgres(t)

async function whereIn(session: Session, statement: Statement): Promise<Where> {
  const [where] = await session.query<Where>(statement, [])
  if (where === undefined) throw new Error('no row')
  return where
}

async function ordersOf(connections: Connections, user: number): Promise<number | undefined> {
  const [row] = await connections.query<{ count: number }>(countOrders, [user])
  return row?.count
}

/** Other queries that go on while transactions do; some of them fail. */
const askMeanwhile = (connections: Connections): Promise<(Where | string)[]> =>
  Promise.all(
    Array.from({ length: others }, async (_, index) => {
      if (index % 5 !== 0) return whereIn(connections, here)
      return connections.query(divide, [0]).then(
        () => 'divided by zero',
        () => 'failed',
      )
    }),
  )

async function checkApart(t: Test, connections: Connections): Promise<void> {
  const inside = Promise.all(
    Array.from({ length: transactions }, () =>
      connections.transaction(async (session) => {
        const places = [await whereIn(session, begun)]
        for (let each = 0; each < 4; each++) places.push(await whereIn(session, here))
        return new Set(places.map(({ pid, xid }) => `${pid} ${xid}`)).size
      }),
    ),
  )
  const outside = await askMeanwhile(connections)
  t.strictSame(new Set(await inside), new Set([1]), 'a transaction is one, on one connection')
  t.strictSame(
    outside.filter((each) => (typeof each === 'string' ? each !== 'failed' : each.xid !== null)),
    [],
    'no other query runs in it, and those that fail fail alone',
  )
}

async function checkUndone(t: Test, connections: Connections): Promise<void> {
  const user = 7
  const outcomes = await Promise.all(
    Array.from({ length: transactions }, (_, index) =>
      connections
        .transaction(async (session) => {
          await session.query(order, [user, index])
          if (index % 3 === 1) throw new Error('changed my mind')
          if (index % 3 === 2) await session.query(divide, [0])
          return 'done'
        })
        .catch((error: unknown) => (error as Error).message),
    ).concat(
      Array.from({ length: others }, async (_, index) => {
        await connections.query(link, [`beside-${index}`, 'http://localhost/'])
        return 'linked'
      }),
    ),
  )
  const counts = Map.groupBy(outcomes, (outcome) => outcome)
  t.equal(counts.get('done')?.length, transactions / 3)
  t.equal(counts.get('changed my mind')?.length, transactions / 3)
  t.equal(counts.get('division by zero')?.length, transactions / 3)
  t.equal(counts.get('linked')?.length, others, 'other writes are not undone with them')
  t.equal(await ordersOf(connections, user), transactions / 3, 'what failed has left nothing')
  t.equal((await connections.query(allLinks, [])).length, others)
}

const allLinks: Statement = {
  name: 'test-all-links',
  text: `SELECT code FROM links WHERE code LIKE 'beside-%'`,
}

async function checkLost(t: Test, connections: Connections): Promise<void> {
  const user = 8
  const lost = connections.transaction(async (session) => {
    await session.query(order, [user, 1])
    await session.query(end, [])
    await session.query(order, [user, 2])
  })
  await t.rejects(lost, 'it fails when its connection is ended')
  const places = await Promise.all(
    Array.from({ length: 10 }, () => connections.transaction((session) => whereIn(session, begun))),
  )
  t.equal(places.length, 10, 'later ones have a connection')
  t.equal(await ordersOf(connections, user), 0, 'nothing of it is left')
}

t.jobs = 2
for (const spec of specs)
  void t.test(spec, { buffered: true }, async (t) => {
    const databaseUrl = await postgres.createDatabase(spec)
    const { connections } = await openLayers(t, spec, { databaseUrl })
    await checkApart(t, connections)
    await checkUndone(t, connections)
    await checkLost(t, connections)
    await checkApart(t, connections)
  })

void t.test(
  'a connection whose rollback fails is given up, and the first error is told',
  async (t) => {
    const log: string[] = []
    const session: Session = {
      query: async ({ name }) => {
        log.push(name)
        if (name === 'rollback') throw new Error('no answer')
        return []
      },
    }
    const discarded: Error[] = []
    const work = async (): Promise<never> => {
      throw new Error('the first error')
    }
    await t.rejects(
      inTransaction(session, work, (error) => discarded.push(error)),
      { message: 'the first error' },
    )
    t.strictSame(log, ['begin', 'rollback'])
    t.match(discarded, [{ message: 'no answer' }])
  },
)
