/** One statement for all rows of a request: right with every driver, and not held up by deadlocks. */
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify from 'fastify'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { type World, worldRandomNumber, worldRows } from '../../../bench/data/world.ts'
import { compose } from '../../../src/compose.ts'
import type { Database } from '../../../src/database.ts'
import { openDatabase } from '../../../src/database/open.ts'
import { fillingsOf, resolveProfile } from '../../../src/profile/resolve.ts'
import { quickStart } from '../../../src/quick-start.ts'
import { otherRandomNumber, randomWorldIds } from '../../../src/world.ts'
import { countWaiting, openTestPostgres } from '../../helpers/test-postgres.ts'

const specs = [
  'baseline+bulk-update',
  'baseline+bulk-update+prepared-statements',
  'baseline+bulk-update+pipelined-queries+prepared-statements',
  'baseline+bulk-update+postgres-js',
  'baseline+bulk-update+postgres-js+prepared-statements',
  'baseline+bulk-update+postgres-js+pipelined-queries+prepared-statements',
]

const callers = 24
const callsEach = 40

// Thousands of statements, many of 500 rows, on whatever else this machine does.
t.setTimeout(300_000)

const { postgres, admin } = await openTestPostgres(t)

async function open(t: Test, spec: string, databaseUrl: string): Promise<Database> {
  const parts = compose(quickStart, fillingsOf(await resolveProfile(spec)))
  const app = Fastify()
  const connections = { ...parts.connections, max: callers }
  const database = await openDatabase(app, { ...parts, connections }, { databaseUrl }, 1)
  t.teardown(async () => {
    await database.close()
    await app.close()
  })
  return database
}

const drawn = (count: number): World[] =>
  randomWorldIds(count).map((id) => ({ id, randomNumber: otherRandomNumber(id) }))

for (const spec of specs)
  t.test(`${spec}: ${callers * callsEach} updates of 20 and 500 rows, many at once`, async (t) => {
    const databaseUrl = await postgres.createDatabase(spec)
    const database = await open(t, spec, databaseUrl)
    const written = Array.from({ length: worldRows + 1 }, () => new Set<number>())
    await Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        for (let call = 0; call < callsEach; call++) {
          const worlds = drawn((caller + call) % 8 === 0 ? 500 : 20)
          await database.updateWorlds(worlds)
          for (const { id, randomNumber } of worlds) written[id]?.add(randomNumber)
        }
      }),
    )
    const wrong = (await database.listWorlds()).filter(({ id, randomNumber }) => {
      const numbers = written[id]
      return numbers?.size ? !numbers.has(randomNumber) : randomNumber !== worldRandomNumber(id)
    })
    t.strictSame(wrong, [], 'each row holds a number that was written to it')
    await database.close()
    const { rows } = await admin.query<{ deadlocks: number }>(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = $1',
      [new URL(databaseUrl).pathname.slice(1)],
    )
    t.strictSame(rows, [{ deadlocks: 0 }], 'ids that ascend are locked in that order')
  })

t.test('a deadlock with somebody else is tried again', async (t) => {
  const databaseUrl = await postgres.createDatabase('deadlock')
  const database = await open(t, 'baseline+bulk-update', databaseUrl)
  const other = new Client({ connectionString: databaseUrl })
  await other.connect()
  t.teardown(() => other.end())
  // It never looks for deadlocks, so the one that is given up is ours.
  await other.query(`SET deadlock_timeout = '1h'`)
  await other.query('BEGIN')
  await other.query('UPDATE world SET random_number = 2 WHERE id = 2')
  const updated = database.updateWorlds([
    { id: 1, randomNumber: 11 },
    { id: 2, randomNumber: 12 },
  ])
  while ((await countWaiting(admin, databaseUrl)) === 0) await sleep(5)
  await other.query('UPDATE world SET random_number = 1 WHERE id = 1')
  await other.query('COMMIT')
  await t.resolves(updated)
  t.match(await database.readWorlds([1, 2]), [{ randomNumber: 11 }, { randomNumber: 12 }])
})

t.test('another error is not tried again and keeps its code', async (t) => {
  const databaseUrl = await postgres.createDatabase('no second try')
  for (const spec of specs) {
    const database = await open(t, spec, databaseUrl)
    const tooBig = [{ id: 1, randomNumber: 3_000_000_000 }]
    await t.rejects(database.updateWorlds(tooBig), { code: '22003' }, spec)
  }
})
