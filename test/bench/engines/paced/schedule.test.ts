import t from 'tap'
import { constantRate } from '../../../../bench/engines/built-in/paced/schedule.ts'

t.test('request i is meant to be sent at start + i / rate', async (t) => {
  const schedule = constantRate(7_000, 2_000, 10)
  t.equal(schedule.count, 20)
  t.strictSame(
    [0, 1, 19].map((index) => schedule.intendedUs(index)),
    [7_000, 7_500, 16_500],
  )
  t.equal(schedule.endUs, 17_000)
})

t.test('errors do not add up', async (t) => {
  const schedule = constantRate(0, 3, 3_600_000)
  t.equal(schedule.intendedUs(3 * 3_599), 3_599_000_000)
})

t.test('only times before the end of the window count', async (t) => {
  t.equal(constantRate(0, 30, 100).count, 3, '0, 33 and 67 ms')
  t.equal(constantRate(0, 30, 101).count, 4, 'and 100 ms')
  t.equal(constantRate(0, 0.1, 100).count, 1, 'the first one always does')
  t.equal(constantRate(0, 5, 2_000_000).count, 10_000)
})

t.test('rates and durations that make no schedule are errors', async (t) => {
  for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    t.throws(() => constantRate(0, rate, 100), RangeError)
  for (const durationMs of [0, Number.NaN, 3_600_001])
    t.throws(() => constantRate(0, 1, durationMs), RangeError)
})
