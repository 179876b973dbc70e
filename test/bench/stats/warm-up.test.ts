import t from 'tap'
import { isSteady } from '../../../bench/stats/warm-up.ts'
import { createRandom } from '../../../bench/stats/random.ts'

t.test('fewer than six slices tell nothing', async (t) => {
  t.equal(isSteady([]), false)
  t.equal(isSteady([5, 5, 5, 5, 5]), false)
  t.equal(isSteady([5, 5, 5, 5, 5, 5]), true)
})

t.test('a cost that falls is not steady, whatever came before', async (t) => {
  t.equal(isSteady([90, 80, 70, 60, 55, 50]), false)
  t.equal(isSteady([50, 50, 50, 50, 50, 50, 49, 48, 47]), false)
  // Medians 100 and 98.1: a fall of 1.9 %, which slices do not tell from noise.
  t.equal(isSteady([100, 101, 99, 98.1, 98.1, 98]), true)
  t.equal(isSteady([100, 101, 99, 97.9, 97.9, 98]), false)
})

t.test('one slice beside the others, high or low, decides nothing', async (t) => {
  t.equal(isSteady([50, 50, 200, 50, 50, 50]), true)
  t.equal(isSteady([50, 50, 50, 50, 20, 50]), true)
})

t.test('a cost that rises is steady enough: no more is compiled', async (t) => {
  t.equal(isSteady([50, 50, 50, 55, 60, 65]), true)
})

t.test('with noise of 3 % a steady process is called so within a few slices', async (t) => {
  const random = createRandom(1)
  const slicesNeeded = Array.from({ length: 200 }, () => {
    const costs: number[] = []
    while (!isSteady(costs)) costs.push(100 * (1 + 0.03 * (2 * random.next() - 1)))
    return costs.length
  })
  t.ok(slicesNeeded.filter((slices) => slices <= 8).length > 160)
  t.ok(Math.max(...slicesNeeded) < 20)
})
