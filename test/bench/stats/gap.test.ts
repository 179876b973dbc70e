import t from 'tap'
import { gapClosed, type GapBlock, type GapRules } from '../../../bench/stats/gap.ts'
import { createDraws, drawn, holds } from './fixtures/simulate.ts'

const higher: GapRules = { confidence: 0.95, delta: 0.02, better: 'higher' }
const lower: GapRules = { ...higher, better: 'lower' }

const blocksOf = (pairs: readonly (readonly [contender: number, peer: number])[]): GapBlock[] =>
  pairs.map(([contender, peer]) => ({ contender, peer }))

await t.test('a share and its interval worked out by hand', async (t) => {
  // Sums 0.6 and 1.2: closed 0.5. Without each block: 0.5/0.8, 0.4/0.8, 0.3/0.8 = 0.625, 0.5, 0.375: mean 0.5,
  // squares 0.015625 * 2 = 0.03125; se = sqrt(2/3 * 0.03125) = 0.14433757; t(0.975, 2) = 4.30265273;
  // half = 0.62103442.
  const even = blocksOf([
    [0.1, 0.4],
    [0.2, 0.4],
    [0.3, 0.4],
  ])
  const found = gapClosed(even, higher)
  t.equal(found.state, 'open')
  t.ok(Math.abs((found.closed ?? 0) - 0.5) < 1e-12)
  t.ok(Math.abs((found.low ?? 0) - (0.5 - 0.62103442)) < 1e-8, `${found.low}`)
  t.ok(Math.abs((found.high ?? 0) - (0.5 + 0.62103442)) < 1e-8, `${found.high}`)
  const negated = even.map(({ contender, peer }) => ({ contender: -contender, peer: -peer }))
  t.same(gapClosed(negated, lower), found, 'where lower is better the signs turn')
})

await t.test('a gap that varies with the share leaves no doubt about the share', async (t) => {
  const { closed, low, high } = gapClosed(
    blocksOf([
      [0.2, 0.4],
      [0.3, 0.6],
      [0.25, 0.5],
      [0.24, 0.48],
    ]),
    higher,
  )
  for (const value of [closed, low, high]) t.ok(Math.abs((value ?? 0) - 0.5) < 1e-12)
})

await t.test('without a gap there is no share, and it is said why', async (t) => {
  const peers = (...values: number[]): GapBlock[] =>
    values.map((peer) => ({ contender: 0.1, peer }))
  t.same(gapClosed(peers(-0.3, -0.31, -0.29), higher), { state: 'base ahead' })
  t.same(gapClosed(peers(0.3, 0.31, 0.29), lower), { state: 'base ahead' })
  t.same(gapClosed(peers(0.001, -0.001, 0.002), higher), { state: 'base level' })
  t.same(gapClosed(peers(0.3, -0.2, 0.1), higher), { state: 'gap not resolved' })
  t.same(gapClosed(peers(0.3), higher), { state: 'gap not resolved' }, 'one block')
  // Mean 0.05, sd 0.01, half = 4.3027 * 0.01 / sqrt(3) = 0.0248: twice that is just less than the mean.
  t.match(gapClosed(peers(0.04, 0.05, 0.06), higher), { state: 'open' })
  // Mean 0.048 with the same half: leaves out 0, but is too near to it for a ratio.
  t.same(gapClosed(peers(0.038, 0.048, 0.058), higher), { state: 'gap not resolved' })
})

await t.test('jackknife intervals hold the true share in 95 % of simulated runs', async (t) => {
  const { normal, contaminated } = createDraws(20_260_241)
  const experiments = 2_000
  const cases = [
    // A clear gap, a gap of some ten half-widths, one of about three: 0.1 / (t * 0.042 / sqrt 8).
    { blocks: 8, peer: 0.7, contender: 0.4, noise: 0.02, draw: normal },
    { blocks: 8, peer: 0.3, contender: 0.1, noise: 0.03, draw: normal },
    { blocks: 8, peer: 0.1, contender: 0.06, noise: 0.03, draw: normal },
    { blocks: 16, peer: 0.2, contender: 0.25, noise: 0.03, draw: contaminated },
  ]
  for (const { blocks, peer, contender, noise, draw } of cases) {
    let held = 0
    let open = 0
    for (let experiment = 0; experiment < experiments; experiment++) {
      const found = gapClosed(
        drawn(blocks, () => noise * draw()).map((base) => ({
          contender: contender + noise * draw() - base,
          peer: peer + noise * draw() - base,
        })),
        higher,
      )
      if (found.state !== 'open') continue
      open++
      if (holds(found, contender / peer)) held++
    }
    const coverage = held / open
    t.ok(
      coverage > 0.935 && coverage < 0.97,
      `${contender} of ${peer} in ${blocks} blocks: ${coverage} of ${open}`,
    )
  }
})

await t.test('a gap near the limit shows a wrong share in at most 5 % of all runs', async (t) => {
  const { normal } = createDraws(20_260_242)
  const experiments = 2_000
  for (const share of [0, 1, 1.5]) {
    let open = 0
    let wrong = 0
    for (let experiment = 0; experiment < experiments; experiment++) {
      const found = gapClosed(
        drawn(8, () => 0.03 * normal()).map((base) => ({
          contender: share * 0.07 + 0.03 * normal() - base,
          peer: 0.07 + 0.03 * normal() - base,
        })),
        higher,
      )
      if (found.state !== 'open') continue
      open++
      if (!holds(found, share)) wrong++
    }
    t.ok(open > 0.3 * experiments && open < 0.7 * experiments, `${open} open`)
    t.ok(wrong / experiments <= 0.055, `closed ${share}: ${wrong / experiments} of all runs`)
  }
})
