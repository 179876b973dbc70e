import t from 'tap'
import { allowedCores, parseCoreList, planCores } from '../../bench/core-budget.ts'

const single = { clustered: false, elsewhere: false }
const several = { clustered: true, elsewhere: false }

t.test('the kernel’s lists of cores are read', async (t) => {
  t.same(parseCoreList('0-1\n'), [0, 1])
  t.same(parseCoreList('2,4-6,9'), [2, 4, 5, 6, 9])
  t.same(parseCoreList(''), [])
  if (process.platform === 'linux') t.ok(allowedCores().length > 0)
})

t.test('by default a contender has one core and the generator the others', async (t) => {
  t.match(planCores(undefined, [0, 1], single), { contender: [0], generator: [1] })
  t.match(planCores(undefined, [2, 3, 5], single), { contender: [2], generator: [3, 5] })
  t.equal(
    planCores(undefined, [0, 1], single).words,
    'each contender on core 0, the generator and the downstream services on core 1, PostgreSQL on all 2',
  )
})

t.test(
  'a contender of several processes has the whole machine unless told otherwise',
  async (t) => {
    t.match(planCores(undefined, [0, 1], several), { contender: undefined, generator: undefined })
    t.match(planCores(1, [0, 1], several), { contender: [0], generator: [1] })
    t.match(planCores(3, [0, 1, 2, 3], several), { contender: [0, 1, 2], generator: [3] })
  },
)

t.test('where no core is left for the generator nothing is pinned', async (t) => {
  t.match(planCores(2, [0, 1], single), { contender: undefined, words: /whole machine.*2 cores/ })
  t.match(planCores(undefined, [0], single), { contender: undefined })
  t.match(planCores(undefined, [], single), { contender: undefined, words: /whole machine/ })
})

t.test('a server that was started elsewhere is not said to be on our cores', async (t) => {
  t.match(planCores(undefined, [0, 1], { clustered: false, elsewhere: true }).words, /URL stays/)
})

t.test('a generator that lets others go first is said to', async (t) => {
  const words = (allowed: number[]) =>
    planCores(undefined, allowed, { ...single, givesWay: true }).words
  t.match(words([0, 1]), /on all 2; the generator lets all others go first$/)
  t.match(words([0]), /share all 1 cores; the generator lets all others go first$/)
})
