import t from 'tap'
import { claimsOf } from '../../../bench/stats/claims.ts'
import { estimateMean } from '../../../bench/stats/interval.ts'
import { createDraws, drawn } from './fixtures/simulate.ts'

await t.test('p values worked out by hand', async (t) => {
  // df 3: mean 0.03, sd 0.02, se 0.01; limit ln 1.02 = 0.0198026. t = 3, (0.03 - 0.0198026) / 0.01 = 1.01974,
  // and -1.01974. For df 3 P(T > t) = 1/2 - (theta + sin theta cos theta) / pi with theta = atan(t / sqrt 3):
  // t = 3: theta = pi/3, 1/2 - (1.0471976 + 0.4330127) / pi = 0.0288344; doubled 0.0576689;
  // t = 1.01974: theta = 0.5321031, sin cos = 0.4372020: 1/2 - 0.3085394 = 0.1914606; doubled 0.3829212.
  const claims = claimsOf({ mean: 0.03, sd: 0.02, blocks: 4 }, 0.02)
  const near = (actual: number | undefined, expected: number): boolean =>
    Math.abs((actual ?? Number.NaN) - expected) < 2e-6
  t.ok(near(claims?.differs, 0.0576689), `${claims?.differs}`)
  t.ok(near(claims?.beyond, 0.3829212), `${claims?.beyond}`)
  t.equal(claims?.same, 1)
  t.strictSame(claimsOf({ mean: -0.03, sd: 0.02, blocks: 4 }, 0.02), claims, 'either side')
})

await t.test('each claim is what the interval of the same values says', async (t) => {
  const { normal } = createDraws(20_260_231)
  const limit = Math.log(1.02)
  const seen = { differs: 0, beyond: 0, same: 0 }
  for (let experiment = 0; experiment < 500; experiment++) {
    const truth = 0.05 * normal()
    const estimate = estimateMean(
      drawn(6, () => truth + 0.015 * normal()),
      0.95,
    )
    const claims = claimsOf(estimate, 0.02)!
    const { low = Number.NaN, high = Number.NaN } = estimate
    const said = {
      differs: low > 0 || high < 0,
      beyond: low > limit || high < -limit,
      same: low > -limit && high < limit,
    }
    for (const claim of ['differs', 'beyond', 'same'] as const) {
      if (said[claim]) seen[claim]++
      if (said[claim] !== claims[claim] <= 0.05)
        t.fail(`${claim}: ${low} to ${high}, but p is ${claims[claim]}`)
    }
  }
  for (const count of Object.values(seen)) t.ok(count > 10, `${count} of 500`)
})

await t.test('without spread there is no doubt, without two blocks no claim', async (t) => {
  t.same(claimsOf({ mean: 0.1, sd: 0, blocks: 4 }, 0.02), { differs: 0, beyond: 0, same: 1 })
  t.same(claimsOf({ mean: 0, sd: 0, blocks: 4 }, 0.02), { differs: 1, beyond: 1, same: 0 })
  t.equal(claimsOf({ mean: 0.1, blocks: 1 }, 0.02), undefined)
})
