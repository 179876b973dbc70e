import t from 'tap'
import { claimsOf } from '../../../bench/stats/claims.ts'
import { estimateMean, type Estimate } from '../../../bench/stats/interval.ts'
import { studentTQuantile } from '../../../bench/stats/student-t.ts'
import {
  detectableEffect,
  furtherBlocks,
  judge,
  type Better,
  type Verdict,
} from '../../../bench/stats/verdict.ts'
import { createDraws, drawn, shareOf } from './fixtures/simulate.ts'

/** The estimate over 8 blocks whose 95 % interval has these ends as ratios. */
const between = (low: number, high: number): Estimate => {
  const half = Math.log(high / low) / 2
  return {
    mean: Math.log(low * high) / 2,
    sd: (half * Math.sqrt(8)) / studentTQuantile(0.975, 7),
    low: Math.log(low),
    high: Math.log(high),
    blocks: 8,
  }
}

const word = (estimate: Estimate, better: Better): Verdict =>
  judge(estimate, claimsOf(estimate, 0.02), 0.95, better)

await t.test('each word has its place, for both directions', async (t) => {
  const cases: readonly [low: number, high: number, higher: Verdict, lower: Verdict][] = [
    [1.03, 1.06, 'better', 'worse'],
    [1.021, 1.022, 'better', 'worse'],
    [0.9, 0.95, 'worse', 'better'],
    [0.99, 1.01, 'same', 'same'],
    [1.005, 1.015, 'same', 'same'],
    [1.01, 1.05, 'slightly better', 'slightly worse'],
    [1.019, 1.021, 'slightly better', 'slightly worse'],
    [0.94, 0.99, 'slightly worse', 'slightly better'],
    [0.95, 1.06, 'unresolved', 'unresolved'],
    [0.99, 1.03, 'unresolved', 'unresolved'],
  ]
  for (const [low, high, higher, lower] of cases) {
    t.equal(word(between(low, high), 'higher'), higher, `${low} to ${high}, higher`)
    t.equal(word(between(low, high), 'lower'), lower, `${low} to ${high}, lower`)
  }
})

await t.test('claims that a family does not keep give weaker words', async (t) => {
  const estimate = between(1.03, 1.06)
  const told = (differs: number, beyond: number, same: number): Verdict =>
    judge(estimate, { differs, beyond, same }, 0.95, 'higher')
  t.equal(told(0.01, 0.04, 1), 'better')
  t.equal(told(0.01, 0.06, 1), 'slightly better', 'a difference, but perhaps not beyond delta')
  t.equal(told(0.06, 0.2, 1), 'unresolved')
  t.equal(told(0.01, 1, 0.04), 'same')
  t.equal(told(0.01, 1, 0.06), 'slightly better', 'no equivalence, but a difference')
  t.equal(told(0.06, 1, 0.06), 'unresolved')
})

await t.test('without an interval nothing is resolved', async (t) => {
  t.equal(word({ mean: 1, blocks: 1 }, 'higher'), 'unresolved')
})

await t.test('the forecast is the first number of blocks that would decide', async (t) => {
  // mean 0.02, sd 0.03: t(0.975, 10) * 0.03 / sqrt(11) = 2.22814 * 0.0090453 = 0.020154 > 0.02;
  // t(0.975, 11) * 0.03 / sqrt(12) = 2.20099 * 0.0086603 = 0.019061 < 0.02: 12 blocks, 8 more than 4.
  t.equal(furtherBlocks({ mean: 0.02, sd: 0.03, blocks: 4 }, 0.02, 0.95), 8)
  // mean 0: settles as `same` when half <= ln 1.02 = 0.0198026, also at 12 blocks.
  t.equal(furtherBlocks({ mean: 0, sd: 0.03, blocks: 4 }, 0.02, 0.95), 8)
  t.equal(furtherBlocks({ mean: 0, sd: 5, blocks: 4 }, 0.02, 0.95), undefined)
  t.equal(furtherBlocks({ mean: 0, blocks: 1 }, 0.02, 0.95), undefined)
})

await t.test('the detectable effect is (t(0.975) + t(0.8)) standard errors', async (t) => {
  // df 3: (3.1824463 + 0.9784723) * 0.02 / 2 = 0.041609186; exp - 1 = 0.042486957
  const effect = detectableEffect({ mean: 0, sd: 0.02, blocks: 4 }, 0.95)
  t.ok(Math.abs((effect ?? Number.NaN) - 0.0424869) < 1e-6, `${effect}`)
  t.equal(detectableEffect({ mean: 0, blocks: 1 }, 0.95), undefined)
})

await t.test('about 8 of 10 simulated runs find the detectable effect', async (t) => {
  const { normal } = createDraws(20_260_261)
  for (const blocks of [4, 8, 16]) {
    const truth = Math.log1p(detectableEffect({ mean: 0, sd: 0.02, blocks }, 0.95) ?? 0)
    const found = shareOf(1_500, () => {
      const { low = 0 } = estimateMean(
        drawn(blocks, () => truth + 0.02 * normal()),
        0.95,
      )
      return low > 0
    })
    t.ok(found > 0.76 && found < 0.84, `${blocks} blocks: ${found}`)
  }
})
