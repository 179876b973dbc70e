import t from 'tap'
import { exactShare } from '../../../bench/stats/binomial.ts'

await t.test('bounds agree with the beta quantiles of 40 digits', async (t) => {
  // mpmath, bisection of betainc. By hand for 0 of 20: 1 - 0.025^(1/20) = 0.168433; 20 of 20 mirrors it.
  const golden: readonly (readonly [
    successes: number,
    trials: number,
    low: number,
    high: number,
  ])[] = [
    [0, 20, 0, 0.168433470983085],
    [1, 20, 0.0012650894979498, 0.248732762772028],
    [3, 10, 0.0667395111777345, 0.652452850059997],
    [10, 20, 0.271957849560792, 0.728042150439208],
    [5, 100, 0.0164318791820522, 0.112834911105463],
    [20, 20, 0.831566529016915, 1],
  ]
  for (const [successes, trials, low, high] of golden) {
    const bounds = exactShare(successes, trials, 0.95)
    t.equal(bounds.share, successes / trials)
    t.ok(Math.abs(bounds.low - low) < 1e-12, `${successes} of ${trials}: low ${bounds.low}`)
    t.ok(Math.abs(bounds.high - high) < 1e-12, `${successes} of ${trials}: high ${bounds.high}`)
  }
})

await t.test(
  'the interval holds every truth at least 95 % of the time, by summation',
  async (t) => {
    const trials = 30
    const bounds = Array.from({ length: trials + 1 }, (_, k) => exactShare(k, trials, 0.95))
    for (let truth = 0.01; truth < 1; truth += 0.01) {
      let probability = (1 - truth) ** trials
      let coverage = 0
      for (const [successes, { low, high }] of bounds.entries()) {
        if (low <= truth && truth <= high) coverage += probability
        probability *= ((trials - successes) / (successes + 1)) * (truth / (1 - truth))
      }
      t.ok(coverage >= 0.95, `truth ${truth.toFixed(2)}: coverage ${coverage}`)
    }
  },
)

await t.test('nonsense is refused', async (t) => {
  t.throws(() => exactShare(0, 0, 0.95), RangeError)
  t.throws(() => exactShare(3, 2, 0.95), RangeError)
  t.throws(() => exactShare(-1, 2, 0.95), RangeError)
  t.throws(() => exactShare(0.5, 2, 0.95), RangeError)
})
