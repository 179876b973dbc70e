import t from 'tap'
import { otherRandomNumber, randomWorldIds } from '../../src/world.ts'

t.test('ids are all different, ascend and stay in the table', async (t) => {
  for (const count of [1, 20, 500, 10_000]) {
    const ids = randomWorldIds(count)
    t.equal(new Set(ids).size, count)
    t.strictSame(
      ids,
      ids.toSorted((one, other) => one - other),
    )
    t.ok(ids.every((id) => Number.isInteger(id) && id >= 1 && id <= 10_000))
  }
})

t.test('a new number is in range and never the old one', async (t) => {
  for (const old of [1, 2, 5000, 9999, 10_000]) {
    const numbers = new Set(Array.from({ length: 100_000 }, () => otherRandomNumber(old)))
    t.notOk(numbers.has(old))
    t.ok([...numbers].every((number) => number >= 1 && number <= 10_000))
    // Each of the 9,999 is missed by 100,000 draws with a probability of 1 in 22,000.
    t.ok(numbers.size > 9900, `${numbers.size} different ones`)
  }
})
