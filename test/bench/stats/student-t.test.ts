import t from 'tap'
import { studentTQuantile, studentTUpperTail } from '../../../bench/stats/student-t.ts'

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
  [0.975, 2.5, 3.5746548420036817],
  [0.975, 6.97, 2.366689024289824],
  [0.8, 11.3, 0.874597602670582],
  [0.995, 40.5, 2.702799142256861],
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

await t.test('tails agree with 40-digit values to 1e-12, however small', async (t) => {
  // mpmath: betainc(df/2, 1/2, 0, df/(df + t^2), regularized=True) / 2
  const tails: readonly (readonly [value: number, df: number, tail: number])[] = [
    [0.1, 1, 0.4682744825694464],
    [2, 3, 0.0696629842794216],
    [2, 4.6, 0.05344322158868089],
    [2.5, 7, 0.020496109292876447],
    [10, 7, 1.0697101445386406e-5],
    [3, 23, 0.0031951656629588573],
  ]
  for (const [value, df, tail] of tails) {
    const error = Math.abs(studentTUpperTail(value, df) / tail - 1)
    t.ok(error < 1e-12, `P(T > ${value}) with df ${df} is off by ${error}`)
    t.ok(Math.abs(studentTUpperTail(-value, df) - (1 - tail)) < 1e-12)
  }
  t.equal(studentTUpperTail(0, 5), 0.5)
  t.equal(studentTUpperTail(Number.POSITIVE_INFINITY, 5), 0)
  t.equal(studentTUpperTail(Number.NEGATIVE_INFINITY, 5), 1)
})

await t.test('tail and quantile, which are computed in different ways, agree', async (t) => {
  for (let df = 1; df <= 40; df++)
    for (const probability of [0.8, 0.975, 0.999]) {
      const tail = studentTUpperTail(studentTQuantile(probability, df), df)
      t.ok(Math.abs(tail / (1 - probability) - 1) < 1e-9, `df ${df}, probability ${probability}`)
    }
})

await t.test('nonsense is refused', async (t) => {
  t.throws(() => studentTQuantile(0, 3), RangeError)
  t.throws(() => studentTQuantile(1, 3), RangeError)
  t.throws(() => studentTQuantile(Number.NaN, 3), RangeError)
  t.throws(() => studentTQuantile(0.975, 0), RangeError)
  t.throws(() => studentTQuantile(0.975, Number.POSITIVE_INFINITY), RangeError)
  t.throws(() => studentTUpperTail(1, 0.5), RangeError)
})
