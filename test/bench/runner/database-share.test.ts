import t from 'tap'
import { run } from '../../../bench/runner.ts'
import { openDatabase, shareOf } from '../../../bench/runner/database-share.ts'
import type { ServerProcess } from '../../../bench/services/postgres/processes.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

const session = (pid: number, database: string, cpuNs: number): ServerProcess => ({
  pid,
  worksFor: { database },
  cpuNs,
})

const background = (pid: number, cpuNs: number): ServerProcess => ({ pid, worksFor: 'all', cpuNs })

t.test("other arms' sessions are taken off, work for all is told and stays", async (t) => {
  const before = [session(1, 'a', 100), session(2, 'b', 50), background(3, 10)]
  const after = [session(1, 'a', 700), session(2, 'b', 90), background(3, 40)]
  // 1,000 in all: 600 of the session, 30 for all, 40 of b; what is left belongs to sessions that ended.
  t.same(shareOf(1_000, before, after, 'a'), {
    databaseCpuNs: 960,
    databaseSharedCpuNs: 30,
    databaseOthersCpuNs: 40,
  })
})

t.test(
  'sessions that came meanwhile count whole, those that ended are the driven arm’s',
  async (t) => {
    const before = [session(1, 'a', 400), session(2, 'b', 900)]
    const after = [
      session(4, 'a', 20),
      session(5, 'b', 30),
      { pid: 6, worksFor: 'starting', cpuNs: 5 } as const,
      // Another process with the pid of one that ended.
      session(2, 'b', 7),
    ]
    t.match(shareOf(500, before, after, 'a'), {
      databaseCpuNs: 500 - 30 - 7,
      databaseOthersCpuNs: 37,
      databaseSharedCpuNs: 0,
    })
  },
)

t.test('clocks that disagree never make it less than nothing', async (t) => {
  t.match(shareOf(10, [], [session(2, 'b', 11)], 'a'), { databaseCpuNs: 0 })
})

t.test(
  'a database elsewhere is not known, and one that cannot be looked into is whole',
  async (t) => {
    t.same(openDatabase({ databaseCpu: undefined }, 'a')(), { databaseCpuNs: null })
    let readNs = 0
    const databaseCpu = { source: 'schedstat' as const, readNs: () => (readNs += 7) }
    t.same(openDatabase({ databaseCpu }, 'a')(), { databaseCpuNs: 7 })
    const databaseProcesses = () => [session(1, 'b', readNs)]
    t.same(openDatabase({ databaseCpu, databaseProcesses }, undefined)(), { databaseCpuNs: 7 })
  },
)

t.test('the arm that is driven is told apart by the name of its database', async (t) => {
  const { parts, recorded } = fakeRun({ plan: { workloads: [{ name: 'db' }, { name: 'json' }] } })
  let totalNs = 0
  let otherNs = 0
  await run({
    ...parts,
    openPlace: async (contender) => ({
      ...(await parts.openPlace(contender)),
      databaseName: `of_${contender.id}`,
    }),
    databaseCpu: { source: 'schedstat', readNs: () => (totalNs += 1_000) },
    databaseProcesses: () => [session(1, 'of_a', (otherNs += 10)), session(2, 'of_b', otherNs)],
  })
  for (const window of recorded.flat().filter(({ workload }) => workload === 'db'))
    t.match(window, { databaseCpuNs: 990, databaseOthersCpuNs: 10, databaseSharedCpuNs: 0 })
  for (const window of recorded.flat().filter(({ workload }) => workload === 'json'))
    t.match(window, { databaseCpuNs: 1_000, databaseOthersCpuNs: undefined })
})
