/** How many answers a percentile at a fixed rate takes. */
import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import {
  baseline,
  comparisonOf,
  fakePacedRaw,
  fakePacedWindows,
  near,
  tuned,
  valueOf,
} from './fixtures/fake-paced.ts'

await t.test('a quantile without the answers that it needs is absent, and said why', async (t) => {
  // 4 blocks of 4 windows with 500 answers each.
  const windows = fakePacedWindows([baseline, tuned], { ratePerSecond: 500 })
  const derived = derive(fakePacedRaw(windows, { rates: [500] }))
  t.ok(near(valueOf(derived, 'baseline', 'latencyP50'), 400))
  t.equal(valueOf(derived, 'baseline', 'latencyP99'), undefined)
  t.equal(comparisonOf(derived, 'latencyP99'), undefined)
  t.match(derived.warnings, [
    {
      code: 'FEW_SAMPLES',
      message:
        /^No p99 at 500 requests\/s for baseline on json, tuned on json: it takes 10,000 answers, and 1,000 in every block.* the fewest were 8,000, and 2,000 in a block\. Give more --budget/,
    },
  ])
})

await t.test('all blocks together have the answers that p99 asks for', async (t) => {
  // 4 blocks of 4,000, none of which would be enough by itself.
  const windows = fakePacedWindows([baseline, tuned], { ratePerSecond: 1_000 })
  const derived = derive(fakePacedRaw(windows, { rates: [1_000] }))
  t.ok(near(valueOf(derived, 'baseline', 'latencyP99'), 1_600))
  t.match(comparisonOf(derived, 'latencyP99'), { blocks: 4, verdict: 'better' })
  t.same(derived.warnings, [])
})

await t.test(
  'one block with a handful of answers withholds the p99 of its contender',
  async (t) => {
    const usual = fakePacedWindows([baseline, tuned], { ratePerSecond: 1_000 })
    const few = fakePacedWindows([baseline, tuned], { ratePerSecond: 200 })
    const windows = usual.map((window, index) => ({
      ...(window.block === 0 && window.contender === 'tuned' ? few[index]! : window),
      ratePerSecond: 1_000,
    }))
    const derived = derive(fakePacedRaw(windows, { rates: [1_000] }))
    t.ok(near(valueOf(derived, 'baseline', 'latencyP99'), 1_600))
    t.equal(valueOf(derived, 'tuned', 'latencyP99'), undefined)
    t.equal(comparisonOf(derived, 'latencyP99'), undefined)
    t.ok(comparisonOf(derived, 'latencyP50'), 'for which 200 in a block are plenty')
    t.match(derived.warnings, [
      {
        code: 'FEW_SAMPLES',
        message: /^No p99 .* for tuned on json: .* the fewest were 12,800, and 800 in a block/,
      },
    ])
  },
)
