import t from 'tap'
import { figure, microseconds, percent, ratio, ratioDecimals } from '../../../bench/report/units.ts'

await t.test('figures keep about three digits and group thousands', async (t) => {
  t.same([12_345.4, 99.96, 99.94, 41.23, 9.996, 4.126, 0.412, 0].map(figure), [
    '12,345',
    '100',
    '99.9',
    '41.2',
    '10.0',
    '4.13',
    '0.41',
    '0.00',
  ])
  t.equal(microseconds(41_234), '41.2')
})

await t.test('ratios show more digits where the interval is narrow', async (t) => {
  t.same(
    [0.412, 2.406, 12.47, 123.4, 0.0041].map((value) => ratio(value)),
    ['0.41', '2.41', '12.5', '123', '0.004'],
  )
  t.equal(ratio(0.9851, ratioDecimals(0.98, 0.99)), '0.985')
  t.equal(ratioDecimals(0.9, 1), 2)
  t.equal(ratioDecimals(undefined, undefined), 2)
})

await t.test('percent drops needless digits', async (t) => {
  t.same([0.02, 0.015, 0.95, 0.8812].map(percent), ['2', '1.5', '95', '88.1'])
})
