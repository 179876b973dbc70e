import t from 'tap'
import { estimateMean } from '../../../bench/stats/interval.ts'
import { estimateByRanks, isFragile, signPatternCounts } from '../../../bench/stats/signed-rank.ts'
import { createDraws, drawn, holds, shareOf } from './fixtures/simulate.ts'

const near = (actual: number | undefined, expected: number): boolean =>
  Math.abs((actual ?? Number.NaN) - expected) < 1e-12

await t.test('sign patterns are counted as they would be by hand', async (t) => {
  // Ranks 1, 2, 3: sums 0, 1, 2, 3 (3 and 1+2), 4, 5, 6.
  t.same(signPatternCounts([1, 2, 3]), [1, 1, 1, 2, 1, 1, 1])
  t.same(signPatternCounts([]), [1])
  const counts = signPatternCounts(Array.from({ length: 24 }, (_, index) => index + 1))
  t.equal(
    counts.reduce((sum, count) => sum + count, 0),
    2 ** 24,
  )
})

await t.test('counting agrees with going through all 2^10 patterns', async (t) => {
  const byHand = Array.from({ length: 56 }, () => 0)
  for (let pattern = 0; pattern < 1024; pattern++) {
    let sum = 0
    for (let rank = 1; rank <= 10; rank++) if ((pattern >> (rank - 1)) & 1) sum += rank
    byHand[sum]! += 1
  }
  t.same(signPatternCounts(Array.from({ length: 10 }, (_, index) => index + 1)), byHand)
})

await t.test('the centre is the median of the means of all pairs', async (t) => {
  // Walsh averages of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6: median 2.75
  t.equal(estimateByRanks([6, 1, 2], 0.95).center, 2.75)
  t.equal(estimateByRanks([3], 0.95).center, 3)
})

await t.test('p values of small samples by counting patterns', async (t) => {
  // All 5 of one sign: 2 of 32 patterns are as extreme.
  t.equal(estimateByRanks([1, 2, 3, 4, 5], 0.95).p, 2 / 32)
  t.equal(estimateByRanks([-1, -2, -3, -4, -5, -6], 0.95).p, 2 / 64)
  // The smallest of 6 is negative: W+ = 20, as extreme are 20 and 21, and 0 and 1: 4 of 64.
  t.equal(estimateByRanks([-1, 2, 3, 4, 5, 6], 0.95).p, 4 / 64)
  // Ties share ranks: sizes 1, 1, 2 have ranks 1.5, 1.5, 3; W+ = 4.5 with -1: patterns with W+ >= 4.5 are
  // {3, 1.5}, {3, 1.5}, all: 3 of 8, twice: 6 of 8.
  t.equal(estimateByRanks([-1, 1, 2], 0.95).p, 6 / 8)
  // 0 says nothing about the sign.
  t.equal(estimateByRanks([0, 1, 2, 3], 0.95).p, 2 / 8)
  t.equal(estimateByRanks([0, 0], 0.95).p, 1)
})

await t.test('interval of Darwin’s maize, in inches', async (t) => {
  // Differences of crossed and self-fertilised plants (Darwin 1876; Fisher 1935). For n = 15 the tables have
  // P(W <= 25) = 0.0240 and P(W <= 26) = 0.0277: the interval goes from the 26th of the 120 Walsh averages to
  // the 95th. P(W+ >= 96) = P(W <= 24) = 0.0206 = 676 / 32768, so p = 0.0413.
  const eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
  const { center, low, high, p } = estimateByRanks(eighths, 0.95)
  const walsh = eighths
    .flatMap((one, index) => eighths.slice(index).map((other) => (one + other) / 2))
    .toSorted((one, other) => one - other)
  t.equal(low, walsh[25])
  t.equal(high, walsh[94])
  t.equal(center, (walsh[59]! + walsh[60]!) / 2)
  t.ok(near(p, (2 * 676) / 32_768), `${p * 16_384} of 16384`)
})

await t.test('fewer than 6 blocks have no 95 % interval, 6 go from end to end', async (t) => {
  t.notOk('low' in estimateByRanks([1, 2, 3, 4, 5], 0.95))
  // P(W = 0) = 1/64 = 0.0156 <= 0.025 < 2/64: one average is left out at each end, so the ends are min and max.
  t.match(estimateByRanks([1, 2, 3, 4, 5, 6], 0.95), { low: 1, high: 6 })
  t.match(estimateByRanks([1, 2, 3, 4, 5], 0.9), { low: 1, high: 5 })
  t.throws(() => estimateByRanks([], 0.95), RangeError)
  t.throws(() => estimateByRanks(Array.from({ length: 51 }, Number), 0.95), RangeError)
})

await t.test('the interval leaves out 0 exactly where p is at most 5 %', async (t) => {
  const { normal } = createDraws(20_260_212)
  let excluding = 0
  for (let experiment = 0; experiment < 300; experiment++) {
    const { low, high, p } = estimateByRanks(
      drawn(9, () => 0.7 + normal()),
      0.95,
    )
    const excludes = low! > 0 || high! < 0
    if (excludes) excluding++
    if (excludes !== p <= 0.05) t.fail(`${low} to ${high}, but p is ${p}`)
  }
  t.ok(excluding > 50 && excluding < 250, `${excluding} of 300`)
})

await t.test('rank intervals hold the truth as often as exact counting says', async (t) => {
  const { normal, contaminated } = createDraws(20_260_213)
  // 1 - 2 * P(W <= c): c = 0, 3, 13 for 6, 8, 12 blocks: 2/64, 10/256, 174/4096.
  const exact = [
    [6, 1 - 2 / 64],
    [8, 1 - 10 / 256],
    [12, 1 - 174 / 4096],
  ] as const
  for (const [blocks, expected] of exact)
    for (const draw of [normal, contaminated]) {
      const coverage = shareOf(2_000, () =>
        holds(
          estimateByRanks(
            drawn(blocks, () => 0.1 + 0.02 * draw()),
            0.95,
          ),
          0.1,
        ),
      )
      t.ok(Math.abs(coverage - expected) < 0.013, `${blocks} blocks: ${coverage}, not ${expected}`)
    }
})

await t.test('a difference is fragile where ranks do not bear it out', async (t) => {
  const fragile = (values: readonly number[]): boolean =>
    isFragile(values, estimateMean(values, 0.95), 0.95)
  t.notOk(fragile([0.05, 0.06, 0.05, 0.07, 0.06, 0.05]), 'all blocks agree')
  t.notOk(fragile([0.1, -0.1, 0.05, -0.05, 0.02, -0.01]), 't finds nothing')
  t.notOk(fragile([0.05, 0.06]), 'too few for ranks, but the sign is the same')
  // Mean 0.0466, t interval 0.004 to 0.09: leaves out 0; but one of six is negative, so ranks do not.
  t.ok(fragile([0.1, 0.06, 0.05, 0.07, 0.01, -0.01]), 'one of six is on the other side')
  t.ok(fragile([-0.1, -0.06, -0.05, -0.07, -0.01, 0.01]), 'on either side')
  t.ok(
    isFragile([0.5, -0.1, -0.1, -0.1], { low: 0.01, high: 0.2 }, 0.95),
    'the centre is on the other',
  )
  t.notOk(isFragile([1], {}, 0.95))
})
