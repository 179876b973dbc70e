/** Several runs at fixed rates told together, and what many contenders at a rate are told with. */
import t from 'tap'
import { seenFromPeers } from '../../../bench/effect.ts'
import { atRates } from '../../../bench/report/at-rates.ts'
import { sentencesOf } from '../../../bench/report/sentence.ts'
import type { Result } from '../../../bench/results.ts'
import { fakePacedRaw, fakePacedWindows, type PacedTruth } from '../results/fixtures/fake-paced.ts'
import { fakeContender } from '../results/fixtures/fake-run.ts'
import { contenders, fakePacedResult, resultOf, truths } from './fixtures/fake-paced-result.ts'

const [baseline, tuned, overloaded] = truths as [PacedTruth, PacedTruth, PacedTruth]
/** Its p99 lies between those of the two. */
const express: PacedTruth = {
  ...overloaded,
  sentShare: 1,
  slowUs: 1_200,
  blockFactors: [1, 0.99, 1, 1.01],
}

/** So late that requests came in bursts. */
const withheld = { ownLagUs: 20_000 }

/** tuned's slow answers take half as long as the base's at 3,000 requests/s, twice as long at the other rate. */
const runAt = (ratePerSecond: number, of: readonly PacedTruth[]): Result => {
  const raw = fakePacedRaw(fakePacedWindows(of, { ratePerSecond }), {
    contenders: contenders.filter(({ id }) => of.some(({ contender }) => contender === id)),
    rates: [ratePerSecond],
  })
  return resultOf({ ...raw, design: { ...raw.design, against: ['express:default'] } })
}

const runs = [
  runAt(3_000, [baseline, tuned, express]),
  runAt(1_500, [baseline, { ...tuned, slowUs: 3_200 }, express]),
]

await t.test('a row for each run, first milliseconds, then ratios with their words', async (t) => {
  t.strictSame(atRates(runs, []).latency, [
    `| p99 ms | baseline | tuned | express:default |
| --- | ---: | ---: | ---: |
| json, 3,000 requests/s | 1.60 | 0.80 | 1.20 |
| json, 1,500 requests/s | 1.60 | 3.20 | 1.20 |`,
    `| p99 / baseline | tuned | express:default |
| --- | ---: | ---: |
| json, 3,000 requests/s | **0.500 (0.494-0.507)** | **0.750 (0.740-0.760)** |
| json, 1,500 requests/s | 2.00 (1.97-2.03) | **0.750 (0.740-0.760)** |`,
  ])
  t.match(atRates(runs, []).cost, [
    /^\| CPU per request \/ baseline \| tuned \| express:default \|/,
  ])
})

await t.test('all runs make one line for each peer, what is against us first', async (t) => {
  const [line, ...rest] = atRates(runs, runs.flatMap(seenFromPeers)).standing
  t.match(
    line,
    /^tuned \/ express:default: \*\*behind\*\* on json, 1,500 requests\/s 2\.\d+ \([^)]+\); ahead on json, 3,000 requests\/s 0\.\d+ \([^)]+\)$/,
  )
  t.strictSame(rest, [])
})

await t.test(
  'what one run has no number for has a dash, and no row where nobody has',
  async (t) => {
    const late = { ...tuned, ...withheld }
    const some = atRates([runAt(3_000, [baseline, late, express])], [])
    t.match(some.latency[0], /\| json, 3,000 requests\/s \| 1\.60 \| - \| 1\.20 \|/)
    const all = [baseline, tuned, express].map((truth) => ({ ...truth, ...withheld }))
    t.strictSame(atRates([runAt(3_000, all)], []).latency, [])
    t.notMatch(atRates([...runs, runAt(700, all)], []).latency[0], '700')
    t.strictSame(atRates([], []), { standing: [], latency: [], cost: [] })
  },
)

const crowd = Array.from({ length: 13 }, (_, index) => `own-${index}`)

/** Thirteen that are near the base, and one that needs three times its CPU. */
const crowded = (): Result =>
  resultOf(
    fakePacedRaw(
      fakePacedWindows([
        baseline,
        ...crowd.map((contender) => ({ ...tuned, contender })),
        { ...tuned, contender: 'hungry', costNs: 300_000 },
      ]),
      { contenders: ['baseline', ...crowd, 'hungry'].map((id) => fakeContender(id)) },
    ),
  )

await t.test('of many contenders sentences leave the figures to the tables', async (t) => {
  const told = sentencesOf(crowded())
  t.equal(
    told[0],
    'Indicative (4 blocks): at 3,000 requests/s, against baseline own-0 is better on json.',
    'the rate is told once',
  )
  const near = told.filter((sentence) => sentence.includes('hardly matters'))
  t.equal(near.length, 1, 'those that are near the base share a sentence')
  t.match(
    near[0],
    /^At 3,000 requests\/s on json the choice between baseline and own-0 \(0\.06 vCPU and 0\.80 ms of p99 apart\), own-1 .* and own-12 \([^)]+\) hardly matters\.$/,
  )
  t.notMatch(near[0], 'hungry')
  t.notOk(told.some((sentence) => sentence.includes('vCPU per 100,000')))
})

await t.test('a price is told of many as well, as no table has it', async (t) => {
  const told = sentencesOf(crowded(), { vcpuPrice: 0.04 })
  t.ok(told.some((sentence) => /hungry needs .* a month/.test(sentence)))
  t.match(sentencesOf(fakePacedResult()).join(' '), 'vCPU per 100,000', 'of few without a price')
})
