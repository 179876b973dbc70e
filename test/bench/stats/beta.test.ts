import t from 'tap'
import { betaProbability, betaQuantile } from '../../../bench/stats/beta.ts'

// mpmath with 40 digits: betainc(a, b, 0, x, regularized=True)
const golden: readonly (readonly [x: number, a: number, b: number, probability: number])[] = [
  // By hand: I_0.3(2, 3) = P(at least 2 of 4 at 0.3) = 1 - 0.7^4 - 4 * 0.3 * 0.7^3 = 0.3483
  [0.3, 2, 3, 0.3483],
  [0.5, 0.5, 0.5, 0.5],
  [0.01, 12, 0.5, 1.6192938810181725e-25],
  [0.9, 3.7, 0.5, 0.39309957530171297],
  // By hand: 1 - 0.8^20
  [0.2, 1, 20, 0.9884707849539315],
  [0.999, 50, 0.5, 0.7523690199653766],
  [0.6, 30, 20, 0.492299800342352],
]

await t.test('probabilities agree with 40-digit values to 1e-12', async (t) => {
  for (const [x, a, b, probability] of golden) {
    const error = Math.abs(betaProbability(x, a, b) / probability - 1)
    t.ok(error < 1e-12, `I(${x}; ${a}, ${b}) is off by ${error}`)
  }
  t.equal(betaProbability(0, 2, 3), 0)
  t.equal(betaProbability(1, 2, 3), 1)
})

await t.test('quantiles lead back', async (t) => {
  for (const [x, a, b, probability] of golden.filter(([, , , each]) => each > 1e-3))
    t.ok(Math.abs(betaQuantile(probability, a, b) - x) < 1e-12, `${x}; ${a}, ${b}`)
  t.equal(betaQuantile(0, 2, 3), 0)
  t.equal(betaQuantile(1, 2, 3), 1)
})

await t.test('nonsense is refused', async (t) => {
  t.throws(() => betaProbability(0.5, 0, 1), RangeError)
  t.throws(() => betaProbability(0.5, 1, -1), RangeError)
  t.throws(() => betaProbability(1.1, 1, 1), RangeError)
  t.throws(() => betaProbability(Number.NaN, 1, 1), RangeError)
  t.throws(() => betaQuantile(-0.1, 1, 1), RangeError)
})
