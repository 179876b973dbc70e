/** What is derived from the probes of a study. */
import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import { fakeSlo, fakeSweep, type StudyTruth } from './fixtures/fake-study.ts'

/** A queue: 1 ms / (1 - utilisation), so p99 is 10 ms at 90 % of what it can serve. */
const queue =
  (most: number) =>
  (rate: number): number =>
    1_000 / Math.max(0.001, 1 - rate / most)

const baseline: StudyTruth = {
  contender: 'baseline',
  capacities: [10_000, 10_000, 10_000],
  p99Us: queue(10_000),
}
const tuned: StudyTruth = {
  contender: 'tuned',
  capacities: [20_000, 20_000, 20_000],
  p99Us: queue(20_000),
}

t.test('the rate that keeps a limit, by block, with its ratio to the base', async (t) => {
  const { limits = [], gates, warnings, summaries } = derive(fakeSlo([baseline, tuned]))
  t.same(
    limits.map(({ contender, blocks }) => [contender, blocks.length]),
    [
      ['baseline', 3],
      ['tuned', 3],
    ],
  )
  const [base, other] = limits
  // The same search in every block: below 9,000 by 5 % at most, and without spread.
  const rate = base?.ratePerSecond ?? 0
  t.ok(rate <= 9_000 && rate * 1.05 >= 9_000, `${rate}`)
  t.ok(Math.abs((base?.low ?? 0) - rate) < 1e-6 && Math.abs((base?.high ?? 0) - rate) < 1e-6)
  t.equal(base?.ratio, undefined)
  t.match(other?.ratio, { base: 'baseline', blocks: 3 })
  t.ok(Math.abs((other?.ratio?.value ?? 0) - 2) < 1e-9, 'twice, as the searches are alike')
  t.ok(base?.blocks.every(({ limitedBy }) => limitedBy === 'latency'))
  t.same(summaries, [], 'there is no operating point')
  t.same(warnings, [])
  t.match(gates, [
    { name: 'errors', ok: true, contender: 'baseline' },
    { name: 'errors', ok: true, contender: 'tuned' },
  ])
})

t.test('blocks that differ have an interval: Student t on logarithms', async (t) => {
  // Capacities 10,000, 11,000 and 12,100 scale all rates, so logs are 0, 0.0953102 and 0.1906204 apart: mean that of
  // the middle, sd 0.0953102, half-width 4.30265273 * sd / sqrt(3) = 0.2367636.
  const capacities = [10_000, 11_000, 12_100]
  const { limits = [] } = derive(
    fakeSlo([
      { ...baseline, capacities, p99Us: (rate, block) => queue(capacities[block] ?? 0)(rate) },
    ]),
  )
  const { ratePerSecond = 0, low = 0, high = 0, blocks = [] } = limits[0] ?? {}
  t.ok(Math.abs(ratePerSecond / (blocks[1]?.ratePerSecond ?? 0) - 1) < 1e-9)
  t.ok(Math.abs(Math.log(high / low) / 2 - 0.236_763_6) < 1e-6, `${Math.log(high / low) / 2}`)
})

t.test('what a search could not find is told with its reason', async (t) => {
  const never = derive(fakeSlo([{ ...baseline, p99Us: () => 50_000 }])).limits?.[0]
  t.equal(never?.ratePerSecond, undefined)
  t.match(never?.blocks[0], { limitedBy: 'latency', confirmations: 0 })
  t.ok((never?.blocks[0]?.refused ?? 0) < 250)
  const fast = derive(fakeSlo([{ ...baseline, p99Us: () => 500 }])).limits?.[0]
  t.equal(fast?.blocks[0]?.limitedBy, 'rate', 'capacity, not latency')
  const failing = derive(fakeSlo([{ ...baseline, failsFrom: 5_000 }]))
  t.equal(failing.limits?.[0]?.blocks[0]?.limitedBy, 'errors')
  t.match(failing.warnings, [
    { code: 'PROBE_ERRORS', contender: 'baseline', message: /there first: no answer within/ },
  ])
  t.ok(
    failing.gates.every(({ ok }) => ok),
    'an overload is no wrong answer',
  )
  const late = derive(fakeSlo([{ ...baseline, ownLagUs: (rate) => (rate > 5_000 ? 1_001 : 20) }]))
  t.equal(late.limits?.[0]?.blocks[0]?.limitedBy, 'lag')
  t.match(late.warnings, [{ code: 'GENERATOR_LATE', message: /at least the one found/ }])
})

t.test('the lag may be a tenth of the limit, whatever the latency is', async (t) => {
  const of = (lagUs: number) =>
    derive(
      fakeSlo([{ ...baseline, ownLagUs: () => lagUs }], [{ metric: 'latencyP99', limitUs: 4_000 }]),
    ).limits?.[0]?.blocks[0]?.limitedBy
  t.equal(of(400), 'latency')
  t.equal(of(401), 'lag')
})

t.test('several limits hold together', async (t) => {
  // p50 is half of p99: within 2.5 ms up to 8,000 requests/s, where p99 is 5 ms.
  const { limits = [] } = derive(
    fakeSlo(
      [baseline],
      [
        { metric: 'latencyP99', limitUs: 10_000 },
        { metric: 'latencyP50', limitUs: 2_500 },
      ],
    ),
  )
  const rate = limits[0]?.ratePerSecond ?? 0
  t.ok(rate <= 8_000 && rate * 1.05 >= 8_000, `${rate}`)
})

t.test('probes that no search would have asked for are refused', async (t) => {
  const raw = fakeSlo([baseline])
  const { probes = [] } = raw
  const moved = probes.map((probe, index) =>
    index === 2 ? { ...probe, ratePerSecond: probe.ratePerSecond + 1 } : probe,
  )
  t.throws(() => derive({ ...raw, probes: moved }), RangeError)
  t.throws(() => derive({ ...raw, probes: probes.slice(0, -1) }), /found none/)
})

t.test('a curve bends at the first rate whose p99 is three times that at 30 %', async (t) => {
  // 1 / (1 - u): 1.43 ms at 30 %, three times that (4.29) is passed between 57.4 % (2.35) and 79.5 % (4.88).
  const { curves = [], warnings } = derive(fakeSweep([baseline]))
  const [curve] = curves
  t.equal(curve?.knee, 0.795)
  t.equal(curve?.held, 0.795)
  t.same(
    curve?.points.map(({ held }) => held),
    [true, true, true, true, true, true, true, false],
  )
  t.equal(curve?.points.at(-1)?.latencyP99, undefined, 'at saturation there is no latency')
  t.ok(Math.abs((curve?.points.at(-1)?.achievedRate ?? 0) / 9_900 - 1) < 1e-3)
  const at30 = curve?.points[3]
  t.match(at30?.latencyP99, { least: 1_429, most: 1_429 })
  t.match(at30?.latencyP50, { least: 715, most: 715 })
  t.equal(Math.round(at30?.ratePerSecond ?? 0), 3_000)
  t.same(warnings, [])
})

t.test('values are geometric means over blocks, with the smallest and the largest', async (t) => {
  const p99Us = (_rate: number, block: number): number => [500, 1_000, 2_000][block] ?? 0
  const point = derive(fakeSweep([{ ...baseline, p99Us }])).curves?.[0]?.points[3]
  t.ok(Math.abs((point?.latencyP99?.value ?? 0) - 1_000) < 1e-6)
  t.match(point?.latencyP99, { least: 500, most: 2_000 })
})

t.test('a flat curve has no knee, and one without its reference is not looked at', async (t) => {
  const flat = derive(fakeSweep([{ ...baseline, p99Us: () => 900 }])).curves?.[0]
  t.equal(flat?.knee, undefined)
  t.equal(flat?.kneeUnknown, undefined)
  const late = derive(fakeSweep([{ ...baseline, ownLagUs: () => 20_000 }]))
  t.equal(late.curves?.[0]?.kneeUnknown, true)
  t.match(late.warnings, [{ code: 'RATE_NOT_SENT' }, { code: 'GENERATOR_LATE' }])
  // 0.1 s windows: 3 x 30 answers of a block at 30 % are no p99, though they are a p50.
  const few = derive(fakeSweep([{ ...baseline, capacities: [1_000] }], undefined, 100)).curves?.[0]
  t.equal(few?.points[3]?.latencyP99, undefined)
  t.ok(few?.points[3]?.latencyP50)
})

t.test('a rate that the generator could not send is no saturation', async (t) => {
  const truth = {
    ...baseline,
    mostPerSecond: 3_500,
    ownLagUs: (rate: number) => (rate > 3_500 ? 2_000 : 20),
  }
  const { curves, warnings } = derive(fakeSweep([truth]))
  t.equal(curves?.[0]?.points[4]?.unsent, true)
  t.equal(curves?.[0]?.held, 0.3)
  t.match(warnings, [{ code: 'RATE_NOT_SENT', contender: 'baseline' }])
})
