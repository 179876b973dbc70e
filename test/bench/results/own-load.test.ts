/** What is derived and reported at shares of each contender's own capacity. */
import t from 'tap'
import { renderText } from '../../../bench/report/text.ts'
import { derive } from '../../../bench/result/derive.ts'
import type { Raw, Window } from '../../../bench/results.ts'
import { resultOf } from '../report/fixtures/fake-paced-result.ts'
import { fakePacedRaw, fakePacedWindows, pace, type PacedTruth } from './fixtures/fake-paced.ts'
import { fakeContender } from './fixtures/fake-run.ts'

const baseline: PacedTruth = { contender: 'baseline', costNs: 100_000, usualUs: 400, slowUs: 1_600 }
const peer: PacedTruth = { contender: 'gin', costNs: 50_000, usualUs: 300, slowUs: 800 }

/** Both at 30 % of what they serve: baseline at 3,000 requests/s, the peer at 6,000. */
const ownLoads = (truths: readonly (readonly [PacedTruth, number])[]): Raw => {
  const windows = truths.flatMap(([truth, rate]) =>
    fakePacedWindows([truth], { ratePerSecond: rate }).map(
      ({ ratePerSecond: _shared, paced, ...window }): Window => ({
        ...window,
        connections: 500,
        shareOfCapacity: 0.3,
        ...(paced === undefined ? {} : { paced: { ...paced, ratePerSecond: rate } }),
      }),
    ),
  )
  const raw = fakePacedRaw(windows, {
    contenders: [fakeContender('baseline'), fakeContender('gin', 'peer')],
  })
  const { ratePerSecond: _shared, ...windowing } = pace
  const paced = [{ ...windowing, connections: 500, shareOfCapacity: 0.3 }]
  return { ...raw, design: { ...raw.design, paced } }
}

const both = ownLoads([
  [baseline, 3_000],
  [peer, 6_000],
])

t.test('cost is compared, and each contender has the rate that it ran at', async (t) => {
  const { summaries, comparisons, warnings, gates } = derive(both)
  const value = (contender: string, metric: string): number =>
    summaries.find((row) => row.contender === contender && row.metric === metric)?.value ?? 0
  t.ok(Math.abs(value('baseline', 'achievedRate') - 3_000) < 1e-6)
  t.ok(Math.abs(value('gin', 'achievedRate') - 6_000) < 1e-6)
  t.ok(Math.abs(value('gin', 'latencyP99') - 800) < 1e-6)
  const cost = comparisons.find(({ metric }) => metric === 'cost')
  t.match(cost, { point: { connections: 500, shareOfCapacity: 0.3 }, verdict: 'better' })
  t.ok(Math.abs((cost?.ratio ?? 0) - 0.5) < 1e-9)
  t.same(warnings, [])
  t.match(gates[0], { shareOfCapacity: 0.3, ratePerSecond: undefined })
})

t.test('reports say that the loads are not the same', async (t) => {
  const text = renderText(resultOf(both), { colour: false }).replaceAll(/\s+/g, ' ')
  t.match(
    text,
    "gin needs 0.500 times baseline's CPU per request (0.500 to 0.500) at 30 % of each one's own capacity",
  )
  t.match(
    text,
    "At 30 % of each one's own capacity on json baseline has p50 0.40 ms and p99 1.60 ms at 3,000 requests/s; " +
      'gin has p50 0.30 ms and p99 0.80 ms at 6,000 requests/s: each at a load of its own.',
  )
  t.match(text, "json, 30 % of each one's own capacity own requests/s vCPU")
  t.match(text, 'p99 ratio at own loads verdict')
  t.match(text, 'latencies there do not compare servers at one load')
  t.notMatch(text, /vCPU per 100,000/, 'sizes are told of rates that are the same for all')
})

t.test('without a cost there is no verdict, as latency at own loads decides nothing', async (t) => {
  const { comparisons } = derive(
    ownLoads([
      [baseline, 3_000],
      [{ ...peer, costNs: null }, 6_000],
    ]),
  )
  t.ok(comparisons.every(({ family }) => family === undefined))
})

t.test('what is not held or not shown names the share and the rate', async (t) => {
  const slow = { ...peer, sentShare: 0.8 }
  const { warnings } = derive(
    ownLoads([
      [baseline, 3_000],
      [slow, 6_000],
    ]),
  )
  t.match(warnings, [
    {
      code: 'RATE_NOT_HELD',
      shareOfCapacity: 0.3,
      message: /^gin on json does not hold 6,000 requests\/s \(30 % of its own capacity\): 4,800/,
    },
  ])
  const few = derive(ownLoads([[baseline, 500]]))
  t.match(few.warnings[0], {
    code: 'FEW_SAMPLES',
    shareOfCapacity: 0.3,
    message: /^No p99 at 30 % of each one's own capacity for baseline on json: /,
  })
})
