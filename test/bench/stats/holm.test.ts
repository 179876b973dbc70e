import t from 'tap'
import { claimsOf } from '../../../bench/stats/claims.ts'
import { holm } from '../../../bench/stats/holm.ts'
import { estimateMean } from '../../../bench/stats/interval.ts'
import { createDraws, drawn, shareOf } from './fixtures/simulate.ts'

const round = (values: readonly number[]): number[] =>
  values.map((value) => Number(value.toFixed(12)))

await t.test(
  'the smallest is multiplied by the size, the next by one less, and so on',
  async (t) => {
    // Sorted 0.005, 0.01, 0.03, 0.04: 4 * 0.005 = 0.02; 3 * 0.01 = 0.03; 2 * 0.03 = 0.06; 0.04 is raised to 0.06.
    t.same(round(holm([0.01, 0.04, 0.03, 0.005])), [0.03, 0.06, 0.06, 0.02])
    t.same(holm([0.6, 0.7]), [1, 1])
    t.same(holm([]), [])
  },
)

await t.test('members without a p value make the family no smaller', async (t) => {
  // 5 * 0.01 = 0.05; 4 * 0.02 = 0.08
  t.same(round(holm([0.02, 0.01], 5)), [0.08, 0.05])
  t.throws(() => holm([0.1, 0.2], 1), RangeError)
})

await t.test('a family of one is not adjusted, equal values stay equal', async (t) => {
  t.same(holm([0.03]), [0.03])
  t.same(round(holm([0.02, 0.02])), [0.04, 0.04])
})

/** Claims on six contenders that share the noise of one base, as in a run. */
const familyOf = (draw: () => number, truth: number, blocks = 8) => {
  const base = drawn(blocks, () => 0.01 * draw())
  return drawn(6, () => 0).map(() =>
    claimsOf(
      estimateMean(
        base.map((noise) => truth + 0.01 * draw() - noise),
        0.95,
      ),
      0.02,
    )!,
  )
}

await t.test('no false difference in 95 % of simulated families without one', async (t) => {
  const { normal } = createDraws(20_260_221)
  let single = 0
  const any = shareOf(2_000, () => {
    const ps = familyOf(normal, 0).map(({ differs }) => differs)
    if (Math.min(...ps) <= 0.05) single++
    return holm(ps).some((p) => p <= 0.05)
  })
  t.ok(any < 0.055, `families with a false difference: ${any}`)
  t.ok(single / 2_000 > 0.12, `without Holm: ${single / 2_000}`)
})

await t.test('no false "same" in 95 % of families that differ by just delta', async (t) => {
  const { normal } = createDraws(20_260_222)
  const any = shareOf(2_000, () => {
    const claims = familyOf(normal, Math.log(1.02), 16)
    return holm(claims.map(({ same }) => same)).some((p) => p <= 0.05)
  })
  t.ok(any < 0.055, `families with a false "same": ${any}`)
})
