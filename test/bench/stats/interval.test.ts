import t from 'tap'
import { estimateMean, exponentiate } from '../../../bench/stats/interval.ts'
import { createDraws, holds } from './fixtures/simulate.ts'

await t.test('the interval of four block means is mean ± t(0.975, 3) * sd / 2', async (t) => {
  // mean 2.5; squares of deviations 2.25 + 0.25 + 0.25 + 2.25 = 5; sd = sqrt(5/3) = 1.2909944;
  // half = 3.1824463 * 1.2909944 / 2 = 2.0542602
  const estimate = estimateMean([1, 2, 3, 4], 0.95)
  t.equal(estimate.mean, 2.5)
  t.equal(estimate.blocks, 4)
  t.ok(Math.abs((estimate.low ?? Number.NaN) - (2.5 - 2.05426025)) < 1e-7)
  t.ok(Math.abs((estimate.high ?? Number.NaN) - (2.5 + 2.05426025)) < 1e-7)
})

await t.test('one block has no interval and none is an error', async (t) => {
  t.same(estimateMean([3], 0.95), { mean: 3, blocks: 1 })
  t.throws(() => estimateMean([], 0.95), RangeError)
})

await t.test('logarithms come back as a geometric mean', async (t) => {
  // ln 2 and ln 8: mean ln 4
  const back = exponentiate(estimateMean([Math.log(2), Math.log(8)], 0.95))
  t.ok(Math.abs(back.value - 4) < 1e-12)
  t.ok((back.low ?? Number.NaN) < 2 && (back.high ?? Number.NaN) > 8)
  t.same(exponentiate({ mean: 0, blocks: 1 }), { value: 1 })
})

await t.test(
  '95 % intervals over block means hold the truth in 95 % of simulated runs',
  async (t) => {
    // Blocks differ (sd 1.5 %), rounds within a block too (sd 2 %): only block means are independent.
    const { normal } = createDraws(20_260_101)
    const truth = Math.log(0.9)
    const experiments = 2_000
    for (const blocks of [4, 8]) {
      let held = 0
      for (let experiment = 0; experiment < experiments; experiment++) {
        const means = Array.from({ length: blocks }, () => {
          const block = 0.015 * normal()
          const rounds = Array.from({ length: 5 }, () => 0.02 * normal())
          return truth + block + rounds.reduce((sum, round) => sum + round, 0) / 5
        })
        if (holds(estimateMean(means, 0.95), truth)) held++
      }
      const coverage = held / experiments
      t.ok(coverage > 0.935 && coverage < 0.965, `${blocks} blocks: coverage ${coverage}`)
    }
  },
)
