import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import type { Gap, Raw } from '../../../bench/results.ts'
import { fakeContender, fakeRaw, fakeWindows, type Truth } from './fixtures/fake-run.ts'

const truth = (contender: string, costNs: number | null, over: Partial<Truth> = {}): Truth => ({
  contender,
  workload: 'json',
  capacity: 1e9 / (costNs ?? 100_000),
  costNs,
  ...over,
})

const contenders = [
  fakeContender('baseline'),
  fakeContender('tuned'),
  fakeContender('gin:tuned', 'peer'),
]

const gapsIn = (truths: readonly Truth[], change: (raw: Raw) => Raw = (raw) => raw): Gap[] =>
  derive(change(fakeRaw(fakeWindows(truths), contenders))).gaps

/** The verdict is given in capacity, as for toggles about cores and pools. */
const byCapacity = (raw: Raw): Raw => ({
  ...raw,
  design: {
    ...raw.design,
    workloads: raw.design.workloads.map((each) => ({ ...each, primary: 'capacity' })),
  },
})

await t.test('the share of the gap in the metric of the verdict', async (t) => {
  // ln 0.8 / ln 0.5 = 0.32193
  const [gap, ...rest] = gapsIn([
    truth('baseline', 100_000),
    truth('tuned', 80_000, { blockFactors: [1.01, 0.99, 1, 1] }),
    truth('gin:tuned', 50_000),
  ])
  t.same(rest, [])
  t.match(gap, {
    workload: 'json',
    metric: 'cost',
    point: { connections: 32 },
    base: 'baseline',
    contender: 'tuned',
    peer: 'gin:tuned',
    state: 'open',
    confidence: 0.95,
    blocks: 4,
  })
  // The factors' logarithms: 0.00995, -0.01005, 0, 0: mean -0.000025, which moves the share by 0.00004.
  t.ok(Math.abs((gap?.closed ?? 0) - 0.32193) < 1e-4, `${gap?.closed}`)
  // With a steady peer the share's se is that of the mean: sd 0.00816497 / 2 / ln 2 = 0.0058897, times 3.18245.
  t.ok(Math.abs((gap?.high ?? 0) - (gap?.closed ?? 0) - 0.018744) < 1e-4, `${gap?.high}`)
  t.ok(Math.abs((gap?.closed ?? 0) - (gap?.low ?? 0) - 0.018744) < 1e-4, `${gap?.low}`)
})

await t.test('where there is no gap there is no share', async (t) => {
  const noise = { blockFactors: [1.3, 0.8, 1.1, 0.9] }
  for (const [peer, state] of [
    [truth('gin:tuned', 200_000), 'base ahead'],
    [truth('gin:tuned', 100_100), 'base level'],
    [truth('gin:tuned', 90_000, noise), 'gap not resolved'],
  ] as const) {
    const [gap] = gapsIn([truth('baseline', 100_000), truth('tuned', 80_000), peer])
    t.equal(gap?.state, state)
    t.notOk('closed' in (gap ?? {}))
  }
})

await t.test('only rounds that all three have count', async (t) => {
  const truths = [truth('baseline', 100_000), truth('tuned', 80_000), truth('gin:tuned', 50_000)]
  const [gap] = gapsIn(truths, (raw) => ({
    ...raw,
    windows: raw.windows.filter(({ contender, block }) => contender !== 'gin:tuned' || block !== 3),
  }))
  t.equal(gap?.blocks, 3)
})

await t.test(
  'without cost the gap is in capacity, and the generator makes it a bound',
  async (t) => {
    const url = [truth('baseline', 100_000), truth('tuned', null), truth('gin:tuned', 50_000)]
    t.match(gapsIn(url), [{ metric: 'capacity' }])
    const limited = (...held: string[]): (string | undefined)[] =>
      gapsIn(
        [truth('baseline', 100_000), truth('tuned', 80_000), truth('gin:tuned', 50_000)].map(
          (each) => (held.includes(each.contender) ? { ...each, generatorShare: 0.9 } : each),
        ),
        byCapacity,
      ).map(({ bound }) => bound)
    t.same(limited(), [undefined])
    t.same(limited('gin:tuned'), ['at-most'])
    t.same(limited('tuned'), ['at-least'])
    t.same(limited('baseline'), ['unknown'])
    t.same(limited('tuned', 'gin:tuned'), ['unknown'])
  },
)

await t.test('arms without a number have no gap, nor has a run without a peer', async (t) => {
  const truths = [truth('baseline', 100_000), truth('tuned', 80_000), truth('gin:tuned', 50_000)]
  for (const id of ['baseline', 'tuned', 'gin:tuned'])
    t.same(
      gapsIn(truths, (raw) => ({
        ...raw,
        windows: raw.windows.map((window) =>
          window.contender === id ? { ...window, requests: 0 } : window,
        ),
      })),
      [],
      id,
    )
  t.same(derive(fakeRaw(fakeWindows(truths.slice(0, 2)))).gaps, [])
})
