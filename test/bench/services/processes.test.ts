/** Whose CPU time a real server's is: by the titles of its processes. */
import t from 'tap'
import { shareOf } from '../../../bench/runner/database-share.ts'
import { databaseOf, withClient } from '../../../bench/services/postgres/connect.ts'
import { openPostgres } from '../../../bench/services/postgres/open-postgres.ts'
import { readTitle } from '../../../bench/services/postgres/processes.ts'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'
import { hasProc } from '../../../bench/supervisor/process-table.ts'

t.test('titles tell the database, and who works for all', async (t) => {
  for (const title of [
    'postgres: gapwise gapwise_1_tuned 127.0.0.1(33768) idle\0\0\0',
    'postgres: gapwise gapwise_1_tuned [local] SELECT waiting',
    'postgres: gapwise gapwise_1_tuned ::1(5000) idle in transaction',
    'postgres: gapwise gapwise_1_tuned [local] authentication',
  ])
    t.same(readTitle(title), { database: 'gapwise_1_tuned' }, title)
  for (const title of [
    'postgres: checkpointer \0\0',
    'postgres: background writer ',
    'postgres: walwriter',
    'postgres: io worker 0',
    'postgres: logical replication launcher ',
    'postgres: autovacuum worker gapwise_1_tuned',
  ])
    t.equal(readTitle(title), 'all', title)
  for (const title of ['/opt/postgres\0-D\0/data\0', 'postgres: ', ''])
    t.equal(readTitle(title), 'starting', title)
})

const skip = hasProc ? false : 'this system has no /proc'
const work = 'SELECT sum(i) FROM generate_series(1, 1000000) i'

t.test('sessions are told apart, and those that have ended are not lost', { skip }, async (t) => {
  await using supervisor = await openSupervisor({ command: 'test' })
  await using postgres = await openPostgres({ supervisor, progress: () => undefined })
  const [mine, other] = [
    await postgres.createDatabase('mine'),
    await postgres.createDatabase('other'),
  ]
  const { cpu, processes } = postgres
  if (cpu === undefined || processes === undefined) throw new Error('embedded')
  const during = async (doing: () => Promise<unknown>) => {
    const before = processes()
    const beforeNs = cpu.readNs()
    await doing()
    const share = shareOf(cpu.readNs() - beforeNs, before, processes(), databaseOf(mine))
    return { own: share.databaseCpuNs ?? 0, others: share.databaseOthersCpuNs ?? 0 }
  }
  await withClient(mine, (own) =>
    withClient(other, async (others) => {
      t.match(
        processes().filter(({ worksFor }) => typeof worksFor === 'object'),
        [
          { worksFor: { database: databaseOf(mine) } },
          { worksFor: { database: databaseOf(other) } },
        ],
      )
      t.ok(processes().some(({ worksFor }) => worksFor === 'all'))
      const first = await during(() => own.query(work))
      t.ok(
        first.own > 5 * first.others,
        'an idle session of another database takes next to nothing',
      )
      const second = await during(() => others.query(work))
      t.ok(second.others > 5 * second.own, 'the work of another database is not mine')
      const third = await during(() => withClient(mine, (client) => client.query(work)))
      t.ok(third.own > 5 * third.others && third.own > first.own / 2, 'a session that has ended')
    }),
  )
})
