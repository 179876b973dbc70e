import t from 'tap'
import { studentTQuantile } from '../../../bench/stats/student-t.ts'

// Bisection of the regularised incomplete beta function with 40 digits (mpmath), rounded to a double.
const golden: readonly (readonly [probability: number, df: number, quantile: number])[] = [
  [0.8, 1, 1.3763819204711736],
  [0.975, 1, 12.706204736174705],
  [0.995, 1, 63.65674116287158],
  [0.9995, 1, 636.6192487687197],
  [0.975, 2, 4.302652729749464],
  [0.8, 3, 0.9784723123633045],
  [0.975, 3, 3.1824463052837095],
  [0.9995, 3, 12.923978636687483],
  [0.975, 4, 2.7764451051977943],
  [0.975, 7, 2.3646242515927853],
  [0.975, 11, 2.2009851600916397],
  [0.975, 23, 2.0686576104190486],
  [0.975, 30, 2.042272456301238],
  [0.975, 99, 1.9842169515864174],
  [0.8, 100, 0.845230424491016],
  [0.995, 100, 2.6258905214380177],
  [0.9995, 100, 3.39049131116423],
]

await t.test('quantiles agree with 40-digit values to 1e-10', async (t) => {
  for (const [probability, df, quantile] of golden) {
    const error = Math.abs(studentTQuantile(probability, df) / quantile - 1)
    t.ok(error < 1e-10, `t(${probability}, ${df}) is off by ${error}`)
  }
})

await t.test('the distribution is symmetric around 0', async (t) => {
  t.equal(studentTQuantile(0.5, 3), 0)
  t.ok(Math.abs(studentTQuantile(0.025, 3) + studentTQuantile(0.975, 3)) < 1e-12)
})

await t.test('nonsense is refused', async (t) => {
  t.throws(() => studentTQuantile(0, 3), RangeError)
  t.throws(() => studentTQuantile(1, 3), RangeError)
  t.throws(() => studentTQuantile(Number.NaN, 3), RangeError)
  t.throws(() => studentTQuantile(0.975, 0), RangeError)
  t.throws(() => studentTQuantile(0.975, 2.5), RangeError)
})
