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

const mixed: Pick<Workload, 'name' | 'truth'> = {
  name: 'mixed',
  truth: [
    { table: 'world', counter: 'read', perRequest: 20, share: 0.1 },
    { table: 'world', counter: 'updated', perRequest: 1, share: 0.05 },
  ],
}

const world = (read: number, updated = 0): TableCounters =>
  new Map([['world', { read, inserted: 0, updated, deleted: 0 }]])

t.test('workloads add up by table and counter, and only what was answered is owed', async (t) => {
  const answered = new Map([
    ['json', 1000],
    ['db', 100],
    ['updates', 10],
  ])
  t.same(findingsOf('a', answered, workloads, world(320, 200)), [
    { contender: 'a', table: 'world', counter: 'read', counted: 320, stated: 300, variance: 0 },
    { contender: 'a', table: 'world', counter: 'updated', counted: 200, stated: 200, variance: 0 },
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

t.test('of a mixed stream the rarer requests may be a few less, and not none', async (t) => {
  const found = (answers: number, read: number, updated: number) =>
    findingsOf('a', new Map([['mixed', answers]]), [mixed], world(read, updated))
  t.match(found(1000, 2000, 50), [
    { counter: 'read', stated: 2000, variance: 40_000 },
    { counter: 'updated', stated: 50, variance: 50 },
  ])
  t.doesNotThrow(() => assertTruth(found(1000, 1100, 20)), 'four standard deviations below 95 %')
  t.throws(() => assertTruth(found(1000, 1099, 50)), { code: 'TRUTH_FAILED' })
  t.throws(() => assertTruth(found(1000, 2000, 0)), {
    message: /a: 0 rows of world updated, 50 by its answers/,
  })
  t.throws(() => assertTruth(found(100_000, 200_000, 4_400)), { code: 'TRUTH_FAILED' })
  t.doesNotThrow(() => assertTruth(found(20, 0, 0)), 'of a few answers nothing can be said')
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
