import t from 'tap'
import { assertTruth, findingsOf, type TableCounters, truthGates } from '../../bench/truth.ts'
import type { Workload } from '../../bench/workload.ts'

const workloads: readonly Pick<Workload, 'name' | 'truth'>[] = [
  { name: 'json' },
  { name: 'db', truth: [{ table: 'world', counter: 'read', perRequest: 1 }] },
  {
    name: 'updates',
    truth: [
      { table: 'world', counter: 'read', perRequest: 20 },
      { table: 'world', counter: 'updated', perRequest: 20 },
    ],
  },
]

const world = (read: number, updated = 0): TableCounters =>
  new Map([['world', { read, inserted: 0, updated, deleted: 0 }]])

t.test('workloads add up by table and counter, and only what was answered is owed', async (t) => {
  const answered = new Map([
    ['json', 1000],
    ['db', 100],
    ['updates', 10],
  ])
  t.same(findingsOf('a', answered, workloads, world(320, 200)), [
    { contender: 'a', table: 'world', counter: 'read', counted: 320, stated: 300 },
    { contender: 'a', table: 'world', counter: 'updated', counted: 200, stated: 200 },
  ])
  t.same(findingsOf('a', new Map([['json', 1000]]), workloads, world(0)), [])
  t.match(findingsOf('a', new Map([['db', 5]]), workloads, new Map()), [{ counted: 0 }])
})

t.test('95 % is believed, less is not, and the message has both numbers', async (t) => {
  const found = (counted: number) =>
    findingsOf('a', new Map([['db', 10_000]]), workloads, world(counted))
  t.doesNotThrow(() => assertTruth(found(9_500)))
  t.doesNotThrow(() => assertTruth(found(20_000)))
  t.throws(() => assertTruth([...found(9_499), ...found(10_000)]), {
    code: 'TRUTH_FAILED',
    failure: 'contender',
    message: /a: 9,499 rows of world read, 10,000 by its answers/,
  })
})

t.test('the gate sums all blocks of a contender', async (t) => {
  const findings = ['a', 'b', 'a'].flatMap((id) =>
    findingsOf(id, new Map([['db', 100]]), workloads, world(110)),
  )
  t.same(truthGates(findings), [
    {
      name: 'database truth',
      ok: true,
      contender: 'a',
      detail: '220 rows of world read, 200 by its answers',
    },
    {
      name: 'database truth',
      ok: true,
      contender: 'b',
      detail: '110 rows of world read, 100 by its answers',
    },
  ])
  t.same(truthGates([]), [], 'nothing compared, nothing claimed')
})
