import t from 'tap'
import { parseCount } from '../../src/count.ts'

t.test('counts are clamped, and what is no count means `bad`', async (t) => {
  const limits = { max: 500, bad: 1 }
  const cases: [raw: unknown, count: number][] = [
    ['1', 1],
    ['20', 20],
    ['500', 500],
    ['501', 500],
    ['9'.repeat(400), 500],
    ['007', 7],
    ['0', 1],
    ['-5', 1],
    ['2.5', 1],
    ['1e2', 1],
    ['foo', 1],
    ['', 1],
    [undefined, 1],
    [['2', '3'], 1],
  ]
  for (const [raw, count] of cases) t.equal(parseCount(raw, limits), count, JSON.stringify(raw))
  t.equal(parseCount('x', { max: 100, bad: 100 }), 100)
})
