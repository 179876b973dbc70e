import t from 'tap'
import { welchDifference } from '../../../bench/stats/welch.ts'
import { createDraws, drawn, holds, shareOf } from './fixtures/simulate.ts'

await t.test('a difference worked out by hand', async (t) => {
  // Means 0.025 and 0.07; variances 5/3e-4 and 13e-4; shares 0.41667e-4 and 4.33333e-4: sum 4.75e-4,
  // standard error 0.0217945; df = 4.75^2 / (0.41667^2/3 + 4.33333^2/2) = 2.38839; t = 0.045/0.0217945 = 2.06474;
  // t(0.975, 2.38839) = 3.69705 and p from mpmath with 40 digits.
  const found = welchDifference([0.01, 0.02, 0.03, 0.04], [0.04, 0.06, 0.11], 0.95)
  const near = (actual: number | undefined, expected: number): boolean =>
    Math.abs((actual ?? Number.NaN) - expected) < 1e-11
  t.ok(near(found.mean, 0.045))
  t.ok(near(found.df, 2.38838519970595), `${found.df}`)
  t.ok(near(found.low, -0.0355754351556868), `${found.low}`)
  t.ok(near(found.high, 0.125575435155687), `${found.high}`)
  t.ok(near(found.p, 0.153852291786646), `${found.p}`)
})

await t.test('one block on a side has no interval, none is an error', async (t) => {
  t.same(welchDifference([1], [3, 4], 0.95), { mean: 2.5 })
  t.same(welchDifference([1, 2], [3], 0.95), { mean: 1.5 })
  t.throws(() => welchDifference([], [3], 0.95), RangeError)
})

await t.test('without spread there is no doubt', async (t) => {
  t.same(welchDifference([1, 1], [2, 2], 0.95), { mean: 1, low: 1, high: 1, p: 0 })
  t.equal(welchDifference([1, 1], [1, 1], 0.95).p, 1)
})

await t.test('95 % intervals hold the truth in 95 % of simulated pairs of runs', async (t) => {
  const { normal } = createDraws(20_260_211)
  for (const [before, after] of [
    [8, 8],
    [8, 16],
    [12, 6],
  ] as const) {
    const coverage = shareOf(3_000, () =>
      holds(
        welchDifference(
          drawn(before, () => 0.01 * normal()),
          drawn(after, () => 0.1 + 0.03 * normal()),
          0.95,
        ),
        0.1,
      ),
    )
    t.ok(coverage > 0.935 && coverage < 0.965, `${before} and ${after} blocks: ${coverage}`)
  }
})
