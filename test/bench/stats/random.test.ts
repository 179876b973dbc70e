import t from 'tap'
import { createRandom } from '../../../bench/stats/random.ts'

await t.test('the same seed gives the same stream, another seed another one', async (t) => {
  const draw = (seed: number): number[] => {
    const random = createRandom(seed)
    return Array.from({ length: 50 }, () => random.next())
  }
  t.same(draw(7), draw(7))
  t.notSame(draw(7), draw(8))
  t.notSame(draw(0), draw(1))
})

await t.test('numbers are uniform in [0, 1)', async (t) => {
  const random = createRandom(42)
  const bins = Array.from({ length: 10 }, () => 0)
  for (let draw = 0; draw < 100_000; draw++) {
    const value = random.next()
    if (value < 0 || value >= 1) t.fail(`${value} is outside [0, 1)`)
    bins[Math.floor(value * 10)]! += 1
  }
  // Chi square with 9 degrees of freedom stays below 27.9 in 999 of 1,000 good generators.
  const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
  t.ok(chiSquare < 27.9, `chi square ${chiSquare}`)
})

await t.test('a shuffle keeps the items and reaches every order about equally often', async (t) => {
  const random = createRandom(3)
  const orders = new Map<string, number>()
  for (let draw = 0; draw < 6_000; draw++) {
    const order = random.shuffle(['a', 'b', 'c']).join('')
    orders.set(order, (orders.get(order) ?? 0) + 1)
  }
  t.same([...orders.keys()].toSorted(), ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  // 5 degrees of freedom: below 20.5 in 999 of 1,000.
  const chiSquare = [...orders.values()].reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0)
  t.ok(chiSquare < 20.5, `chi square ${chiSquare}`)
})

await t.test('a shuffle leaves its input alone', async (t) => {
  const items = Object.freeze(['a', 'b', 'c', 'd'])
  createRandom(1).shuffle(items)
  t.same(items, ['a', 'b', 'c', 'd'])
})
