import t from 'tap'
import { allowedCores, parseCoreList, planCores } from '../../bench/core-budget.ts'

t.test('the kernel’s lists of cores are read', async (t) => {
  t.same(parseCoreList('0-1\n'), [0, 1])
  t.same(parseCoreList('2,4-6,9'), [2, 4, 5, 6, 9])
  t.same(parseCoreList(''), [])
  if (process.platform === 'linux') t.ok(allowedCores().length > 0)
})

t.test('by default a contender has one core and the generator the others', async (t) => {
  t.match(planCores(undefined, [0, 1], false), { contender: [0], generator: [1] })
  t.match(planCores(undefined, [2, 3, 5], false), { contender: [2], generator: [3, 5] })
  t.equal(
    planCores(undefined, [0, 1], false).words,
    'each contender on core 0, the generator on core 1, PostgreSQL on all 2',
  )
})

t.test(
  'a contender of several processes has the whole machine unless told otherwise',
  async (t) => {
    t.match(planCores(undefined, [0, 1], true), { contender: undefined, generator: undefined })
    t.match(planCores(1, [0, 1], true), { contender: [0], generator: [1] })
    t.match(planCores(3, [0, 1, 2, 3], true), { contender: [0, 1, 2], generator: [3] })
  },
)

t.test('where no core is left for the generator nothing is pinned', async (t) => {
  t.match(planCores(2, [0, 1], false), { contender: undefined, words: /whole machine.*2 cores/ })
  t.match(planCores(undefined, [0], false), { contender: undefined })
  t.match(planCores(undefined, [], false), { contender: undefined, words: /whole machine/ })
})
