/** An order is for a user who is there: one who is being removed at that moment gets none. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openDatabase } from '../../../bench/contract/probe/stage.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { openLayers } from './fixtures/open-layers.ts'

const specs = [
  'baseline',
  'baseline+row-mode+pipelined-queries+prepared-statements',
  'baseline+postgres-js',
  'baseline+postgres-js+pipelined-queries+prepared-statements',
  'baseline+orm',
  'baseline+orm+postgres-js',
  'baseline+blocking-call',
  'baseline+blocking-call+postgres-js+prepared-statements',
]

t.setTimeout(120_000)
const { postgres, admin } = await openTestPostgres(t)
const databaseUrl = await postgres.createDatabase('removed-user')

/** How many removals have deleted their row and not committed yet. */
async function underWay(): Promise<number> {
  const { rows } = await admin.query(
    `SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event = 'PgSleep'`,
    [new URL(databaseUrl).pathname.slice(1)],
  )
  return rows.length
}

for (const [index, spec] of specs.entries())
  t.test(`${spec}: no order for a user whose removal is under way`, async (t) => {
    const id = index + 1
    const { database } = await openLayers(t, spec, { databaseUrl })
    await using other = await openDatabase(databaseUrl)
    // PostgreSQL itself goes on to the end: a call that blocks this process leaves nobody here to commit.
    const removal = other.sql(
      `BEGIN; DELETE FROM users WHERE id = ${id}; SELECT pg_sleep(1); COMMIT`,
    )
    while ((await underWay()) === 0) await sleep(5)
    t.equal(await database.createOrder(id, 100), undefined)
    await removal
    t.strictSame(await other.sql('SELECT id FROM orders WHERE user_id = $1', [id]), [])

    await other.sql('BEGIN')
    await other.sql('UPDATE users SET age = 44 WHERE id = $1', [id + 100])
    const order = await database.createOrder(id + 100, 100)
    t.match(order, { id: Number }, "a change of a user's data is not waited for")
    await other.sql('COMMIT')
  })
