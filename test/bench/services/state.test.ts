/** The state of a database as PostgreSQL tells it, embedded and as if it were somebody else's. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { faultsBefore } from '../../../bench/database-state.ts'
import { withClient } from '../../../bench/services/postgres/connect.ts'
import { readCounters } from '../../../bench/services/postgres/counters.ts'
import { watchDatabases } from '../../../bench/services/postgres/state.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'

const { postgres } = await openTestPostgres(t)
const watch = watchDatabases(postgres)

t.test('a fresh database is as it must be, and was not seen to be counted', async (t) => {
  const url = await postgres.createDatabase('fresh')
  const state = await watch.before(url)
  t.same(faultsBefore(state, watch.expected), [])
  t.equal(state.rows?.['world'], 10_000)
  t.equal((await readCounters(url))?.get('world')?.read, 0, 'rows read are evidence elsewhere')
  t.same(await watch.after(url), { deadlocks: 0, temporaryFiles: 0 })
})

t.test('what was changed, who is there and what went to disk is seen', async (t) => {
  const url = await postgres.createDatabase('changed')
  await withClient(url, async (client) => {
    await client.query(`INSERT INTO links (code, url) VALUES ('zzzzzz', 'http://h/')`)
    await client.query('ALTER DATABASE ' + new URL(url).pathname.slice(1) + ' SET jit = on')
    await client.query(`SET work_mem = '64kB'`)
    await client.query(`SELECT * FROM generate_series(1, 200000) AS n ORDER BY n DESC`)
  })
  const stranger = new Client({ connectionString: postgres.adminUrl })
  stranger.on('error', () => undefined)
  await stranger.connect()
  const state = await watch.before(url)
  t.match(
    faultsBefore(state, watch.expected).map(({ what }) => what),
    [
      /^jit is on and was off/,
      /^links has \d+ rows and was seeded with \d+$/,
      '1 session of others',
    ],
  )
  const elsewhere = watchDatabases({ ...postgres, embedded: false })
  t.equal((await elsewhere.before(url)).strangers, 0, 'in its own database there is nobody')
  await stranger.end()
  t.ok((await watch.after(url)).temporaryFiles > 0)
})

t.test('a user without the right to leave it uncounted does not count rows', async (t) => {
  const url = new URL(await postgres.createDatabase('lesser'))
  await withClient(postgres.adminUrl, (client) => client.query('CREATE ROLE lesser LOGIN'))
  url.username = 'lesser'
  const state = await watchDatabases({ ...postgres, embedded: false }).before(url.href)
  t.equal(state.rows, undefined)
  t.same(faultsBefore(state, watch.expected), [])
})

t.test('a checkpoint is counted as requested', async (t) => {
  const before = await watch.checkpoints()
  await withClient(postgres.adminUrl, (client) => client.query('CHECKPOINT'))
  let after = await watch.checkpoints()
  // It is counted a moment after it was waited for.
  const deadlineMs = performance.now() + 20_000
  while (after.requested === before.requested && performance.now() < deadlineMs) {
    await sleep(20)
    after = await watch.checkpoints()
  }
  t.equal(after.requested, before.requested + 1)
  t.equal(after.timed, before.timed)
})
