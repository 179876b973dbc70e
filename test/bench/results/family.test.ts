/** Verdicts of a run hold together: which comparisons are the family, and what that does to their words. */
import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import { mayStopOnPrecision } from '../../../bench/result/precision.ts'
import { fakeContender, fakeRaw, fakeWindows, type Truth } from './fixtures/fake-run.ts'

const ids = ['baseline', 'a', 'b', 'c', 'd']
const contenders = ids.map((id) => fakeContender(id))

/** Each at the base's cost times its factor, with the same noise in its blocks. */
const truths = (factors: readonly number[], noise: readonly number[] = [1, 1]): Truth[] =>
  factors.map((factor, index) => ({
    contender: ids[index]!,
    workload: 'json',
    capacity: 10_000 / factor,
    costNs: 100_000 * factor,
    ...(index === 0 ? {} : { blockFactors: noise }),
  }))

const run = (factors: readonly number[], noise: readonly number[]) =>
  derive(fakeRaw(fakeWindows(truths(factors, noise), noise.length), contenders))

const costs = ({ comparisons }: ReturnType<typeof run>) =>
  comparisons.filter(({ metric }) => metric === 'cost')

const noise = [1.02, 0.98, 1.01, 0.99, 1.015, 0.985]

await t.test('the family is every contender in the metric of the verdict', async (t) => {
  const { comparisons } = run([1, 0.8, 0.9, 1.1, 1], noise)
  t.same(
    comparisons.filter(({ family }) => family !== undefined).map((each) => each.metric),
    ['cost', 'cost', 'cost', 'cost'],
  )
  t.ok(comparisons.every(({ family }) => family === undefined || family.size === 4))
  t.ok(comparisons.every(({ p }) => p !== undefined && p >= 0 && p <= 1))
})

await t.test('a difference that is clear alone may be unresolved among four', async (t) => {
  // Mean ln 0.98 = -0.0202 and sd 0.0184: t = 2.69 with df 5, p = 0.043; four times that is 0.17.
  const alone = costs(run([1, 0.98], noise))[0]
  t.match(alone, { verdict: 'slightly better', family: { size: 1 } })
  t.equal(alone?.family?.p, alone?.p)
  t.ok((alone?.p ?? 1) < 0.05 && (alone?.p ?? 0) > 0.025, `${alone?.p}`)
  const [first] = costs(run([1, 0.98, 1, 1, 1], noise))
  t.equal(first?.verdict, 'unresolved')
  t.ok((first?.furtherBlocks ?? 0) > 0, 'and it is said what it takes')
  t.equal(first?.p, alone?.p, 'p is its own')
  t.ok(Math.abs((first?.family?.p ?? 0) - 4 * (alone?.p ?? 0)) < 1e-9)
  t.equal(first?.low, alone?.low, 'intervals are never adjusted')
  t.ok((first?.detectable ?? 0) > (alone?.detectable ?? 1), 'more is needed to be found')
})

await t.test('beside clear ones it is kept: Holm, not Bonferroni', async (t) => {
  const [first] = costs(run([1, 0.98, 0.5, 0.4, 2], noise))
  t.equal(first?.verdict, 'slightly better')
  t.equal(first?.family?.p, first?.p)
})

await t.test('"same" has to hold together too, apart from differences', async (t) => {
  const steady = [1.01, 0.99, 1.012, 0.988, 1.014, 0.986]
  t.equal(costs(run([1, 1], steady))[0]?.verdict, 'same')
  const among = costs(run([1, 1, 0.5, 0.4, 2], steady))
  t.equal(among[0]?.verdict, 'unresolved', 'clear differences do not help')
  const allSame = costs(run([1, 1, 1, 1, 1], [1.001, 0.999, 1.001, 0.999]))
  t.ok(allSame.every(({ verdict }) => verdict === 'same'))
})

await t.test('members whose numbers are refused count', async (t) => {
  const windows = fakeWindows(truths([1, 0.98, 0.5], noise), noise.length).map((window) =>
    window.contender === 'b' ? { ...window, requests: 0 } : window,
  )
  const [first, ...rest] = costs(derive(fakeRaw(windows, contenders)))
  t.same(rest, [])
  t.match(first, { verdict: 'unresolved', family: { size: 2 } })
})

await t.test('one block has a family but no p', async (t) => {
  const [first] = costs(run([1, 0.5], [1]))
  t.same(first?.family, { size: 1 })
  t.notOk('p' in (first ?? {}))
})

await t.test('other metrics keep the word of their own interval', async (t) => {
  const { comparisons } = run([1, 0.98, 1, 1, 1], noise)
  const capacity = comparisons.find(({ metric }) => metric === 'capacity')
  t.match(capacity, { contender: 'a', verdict: 'slightly better' })
  t.notOk('family' in (capacity ?? {}))
})

await t.test('a difference that few blocks carry is fragile, and a warning says so', async (t) => {
  const result = run([1, 1], [1.1, 1.06, 1.05, 1.07, 1.01, 0.99])
  t.match(costs(result), [{ verdict: 'slightly better', fragile: true }])
  t.match(result.warnings, [
    { code: 'FRAGILE', contender: 'a', workload: 'json', message: /"slightly better" for a/ },
  ])
  t.notOk('fragile' in (costs(run([1, 0.5], noise))[0] ?? {}))
  const unresolved = run([1, 1, 1, 1, 1], [1.1, 1.06, 1.05, 1.07, 1.01, 0.99])
  t.notOk(
    costs(unresolved).some((each) => each.fragile),
    'no word beside unresolved',
  )
  t.same(unresolved.warnings, [])
})

await t.test('precision is that of the family, not of other metrics', async (t) => {
  const eight = [1.01, 0.99, 1.01, 0.99, 1.01, 0.99, 1.01, 0.99]
  const { comparisons } = run([1, 0.5, 1], eight)
  t.ok(mayStopOnPrecision(comparisons, 0.02))
  t.notOk(mayStopOnPrecision(comparisons, 0.005))
  t.notOk(mayStopOnPrecision(run([1, 0.5, 1], eight.slice(1)).comparisons, 0.02), '7 blocks')
  t.notOk(mayStopOnPrecision(run([1, 0.5], [1]).comparisons, 0.02), 'one block')
  t.notOk(mayStopOnPrecision([], 0.02))
  const others = comparisons.map((each) =>
    each.family === undefined ? { ...each, low: 0.1, high: 10 } : each,
  )
  t.ok(mayStopOnPrecision(others, 0.02))
})
