/** What is derived from windows at a fixed rate. */
import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import type { Derived } from '../../../bench/results.ts'
import { fakeContender, fakeWindows } from './fixtures/fake-run.ts'
import {
  baseline,
  comparisonOf,
  fakePacedRaw,
  fakePacedWindows,
  near,
  pace,
  type PacedTruth,
  tuned,
  valueOf,
} from './fixtures/fake-paced.ts'

const of = (truths: readonly PacedTruth[], options = {}): Derived =>
  derive(fakePacedRaw(fakePacedWindows(truths, options)))

await t.test('cost, cores, rate and latency come out as they were put in', async (t) => {
  const derived = of([baseline, tuned])
  t.ok(near(valueOf(derived, 'baseline', 'cost'), 100_000))
  // 3,000 answers of 100 µs in a second.
  t.ok(near(valueOf(derived, 'baseline', 'vcpu'), 0.3))
  t.ok(near(valueOf(derived, 'baseline', 'achievedRate'), 3_000))
  t.ok(near(valueOf(derived, 'baseline', 'latencyP50'), 400))
  t.ok(near(valueOf(derived, 'baseline', 'latencyP99'), 1_600))
  t.ok(near(valueOf(derived, 'baseline', 'serviceP50'), 400))
  t.ok(near(valueOf(derived, 'baseline', 'serviceP99'), 1_600))
  t.equal(valueOf(derived, 'baseline', 'capacity'), undefined, 'no capacity at a rate')
  t.match(derived.summaries[0], { point: { connections: 150, ratePerSecond: 3_000 } })

  // Blocks 800, 808, 792, 800 of p99: logs 0, 0.00995033, -0.01005034, 0 about ln 800; mean -0.0000250.
  const p99 = comparisonOf(derived, 'latencyP99')
  t.ok(near(p99?.ratio, 0.5 * (1.01 * 0.99) ** 0.25), `${p99?.ratio}`)
  t.match(p99, { unit: 'us', better: 'lower', verdict: 'better', blocks: 4 })
  t.equal(p99?.family, undefined, 'the verdict on the cell is read from its cost')
  // sd 0.00816529; half-width 3.18244631 * sd / 2 = 0.0129928
  t.ok(Math.abs(Math.log((p99?.high ?? 0) / (p99?.low ?? 1)) / 2 - 0.0129928) < 1e-6)
  const cost = comparisonOf(derived, 'cost')
  t.ok(near(cost?.ratio, 0.8 * (1.01 * 0.99) ** 0.25))
  t.same(cost?.family?.size, 1)
  t.same(derived.warnings, [])
  t.same(
    [...new Set(derived.gates.map(({ name, ok }) => `${name} ${ok}`))],
    ['errors true', 'rate true', 'lag true', 'control true'],
    'and a generator that spins is not one at its limit',
  )
})

await t.test('what does not hold the rate has no latency and is not compared', async (t) => {
  const slow = { ...tuned, sentShare: 0.8 }
  const derived = of([baseline, slow])
  t.same(derived.comparisons, [])
  t.equal(valueOf(derived, 'tuned', 'latencyP50'), undefined)
  t.ok(near(valueOf(derived, 'tuned', 'achievedRate'), 2_400))
  t.ok(near(valueOf(derived, 'baseline', 'latencyP50'), 400), 'the other one keeps its own')
  t.match(derived.warnings, [
    {
      code: 'RATE_NOT_HELD',
      contender: 'tuned',
      ratePerSecond: 3_000,
      message: /^tuned on json does not hold 3,000 requests\/s: 2,400 achieved\./,
    },
  ])
  t.match(
    derived.gates.filter(({ ok }) => !ok),
    [{ name: 'rate', contender: 'tuned', value: 0.8, limit: 0.99 }],
  )
  const { comparisons, warnings } = of([{ ...baseline, sentShare: 0.98 }, tuned])
  t.same(comparisons, [])
  t.match(warnings.at(-1), { code: 'BASE_MISSING', message: /at 3,000 requests\/s: baseline/ })
})

await t.test('99 of 100 planned requests are enough', async (t) => {
  t.equal(of([baseline, { ...tuned, sentShare: 0.99 }]).comparisons.length > 0, true)
})

await t.test("the generator's own lag is no part of latency where nobody waited", async (t) => {
  // Sent 200 µs late, a quarter of p99: the answers still took 300 and 800 µs, and in a block 1 % more or less.
  const derived = of([baseline, { ...tuned, ownLagUs: 200 }])
  t.ok(near(valueOf(derived, 'tuned', 'latencyP50'), 300 * (1.01 * 0.99) ** 0.25))
  t.ok(near(valueOf(derived, 'tuned', 'latencyP99'), 800 * (1.01 * 0.99) ** 0.25))
  t.ok(derived.gates.every(({ ok }) => ok))
  t.match(derived.warnings, [
    { code: 'LAG_TAKEN_OFF', message: /^p50 at 3,000 .*on json \(1 of 2\): .* be 1\.7 times/ },
    { code: 'LAG_TAKEN_OFF', message: /^p99 at 3,000 .*on json \(1 of 2\): .* be 1\.3 times/ },
  ])
  const bursts = of([baseline, { ...tuned, ownLagUs: 10_001 }])
  t.equal(comparisonOf(bursts, 'latencyP99'), undefined, 'more is other traffic')
  t.match(bursts.warnings, [
    { code: 'GENERATOR_LATE', message: /^No p50 and no p99 for tuned.* all may be its doing/ },
  ])
})

/** As near as a counter of the histogram is. */
const isCounted = (us: number | undefined, expectedUs: number): boolean =>
  us !== undefined && Math.abs(us / expectedUs - 1) <= 1 / 2_048

const steady = { ...tuned, blockFactors: [1, 1, 1, 1] }

await t.test(
  'those that waited count as slower than all others, unless it is known better',
  async (t) => {
    // 12,000 answers of a block, 2 in 100 slow, 3 in 1,000 waited: rank 0.99 x 12,000 + 36 is still a slow one.
    const few = of([baseline, { ...steady, queuedShare: 0.003 }])
    t.ok(near(valueOf(few, 'tuned', 'latencyP99'), 800))
    t.ok(near(valueOf(few, 'tuned', 'latencyP50'), 300))
    // 15 in 1,000 waited 5 ms beside their 300 µs: those alone are more than 1 in 100.
    const more = of([baseline, { ...steady, queuedShare: 0.015 }])
    t.ok(isCounted(valueOf(more, 'tuned', 'latencyP99'), 5_300))
    t.ok(near(valueOf(more, 'tuned', 'latencyP50'), 300))
  },
)

/** Half of all waited for a connection, so that the generator's own lag cannot be told apart at p50. */
const waiting = { ...steady, queuedShare: 0.49 }

await t.test(
  'where requests waited each percentile is judged by itself, cost by none',
  async (t) => {
    // p50 is 300 µs at least and 800 at most. Or the lag is a part of 800 + 88 µs: 9.9 %.
    const allowed = of([baseline, { ...waiting, ownLagUs: 88 }])
    t.ok(near(valueOf(allowed, 'tuned', 'latencyP50'), 800))
    t.ok(isCounted(valueOf(allowed, 'tuned', 'latencyP99'), 5_300))
    const late = of([baseline, { ...waiting, ownLagUs: 89 }])
    t.equal(comparisonOf(late, 'latencyP50'), undefined)
    t.equal(comparisonOf(late, 'serviceP50'), undefined)
    t.equal(comparisonOf(late, 'latencyP99')?.verdict, 'worse', 'of p99 it is no tenth')
    t.equal(comparisonOf(late, 'cost')?.verdict, 'better')
    t.match(late.warnings, [
      {
        code: 'GENERATOR_LATE',
        message: /^No p50 for tuned on json.* was 0\.09 ms at p50, of which 10 % may be its doing/,
      },
    ])
    t.match(
      late.gates.filter(({ ok }) => !ok),
      [{ name: 'lag', value: 89 / 889, limit: 0.1, detail: 'at p50' }],
    )
    // p99: 600 / 5,300 = 11 %.
    const both = of([baseline, { ...waiting, ownLagUs: 600 }])
    t.equal(comparisonOf(both, 'latencyP99'), undefined)
    t.match(both.warnings, [{ code: 'GENERATOR_LATE', message: /^No p50 and no p99 for tuned/ }])
    t.match(
      both.gates.filter(({ ok }) => !ok),
      [{ name: 'lag', detail: 'at p50, and p99 too' }],
    )
    const beyond = of([{ ...baseline, slowUs: 50_000, ownLagUs: 1_001, queuedShare: 0.49 }, tuned])
    t.match(beyond.warnings, [{ code: 'GENERATOR_LATE' }], 'more than 1 ms is never a part')
  },
)

await t.test('a few late requests withhold p99 and leave p50', async (t) => {
  // 2 in 100 left 5 ms late with a connection idle: p50 of the lag is 20 µs, p99 5 ms.
  const derived = of([baseline, { ...steady, queuedShare: 0.015, ownLateShare: 0.02 }])
  t.ok(comparisonOf(derived, 'latencyP50'))
  t.equal(comparisonOf(derived, 'latencyP99'), undefined)
  t.match(derived.warnings, [{ code: 'GENERATOR_LATE', message: /^No p99 for tuned/ }])
  t.match(
    derived.gates.filter(({ ok }) => !ok),
    [{ name: 'lag', detail: 'at p99' }],
  )
})

await t.test('a block in which a percentile was never sent withholds it', async (t) => {
  // 3 in 100 of one block were never sent: of all 4 blocks that is less than 1 in 100.
  const windows = fakePacedWindows([baseline, steady]).map((window) =>
    window.block === 2 && window.contender === 'tuned'
      ? {
          ...window,
          paced: { ...window.paced!, planned: 3_000, sentInTime: 2_910, dropped: 93 },
        }
      : window,
  )
  const derived = derive(fakePacedRaw(windows))
  t.equal(comparisonOf(derived, 'latencyP99'), undefined)
  t.ok(comparisonOf(derived, 'latencyP50'))
  t.match(derived.warnings, [
    {
      code: 'NEVER_SENT',
      message: /^No p99 for tuned on json at 3,000 requests\/s: in 1 of 4 blocks/,
    },
  ])
})

await t.test('dropped requests count as slower than every answer', async (t) => {
  // 1 in 100 is dropped and 2 in 100 answers are slow: of 100 planned, the 99th is the slowest answer.
  const derived = of([baseline, { ...tuned, sentShare: 0.99 }])
  t.ok(near(valueOf(derived, 'tuned', 'latencyP99'), 800 * (1.01 * 0.99) ** 0.25))
})

await t.test(
  'waiting for a connection is the latency of the server, not of the generator',
  async (t) => {
    const { warnings, gates } = of([baseline, { ...tuned, queuedShare: 0.3 }])
    t.same(warnings, [])
    t.ok(gates.every(({ ok }) => ok))
  },
)

await t.test(
  'a rate that the generator cannot send is not held against the contender',
  async (t) => {
    const { warnings, comparisons } = of([
      baseline,
      { ...tuned, sentShare: 0.8, queuedShare: 0.1, ownLateShare: 0.5 },
    ])
    t.same(comparisons, [])
    t.match(warnings, [
      {
        code: 'RATE_NOT_SENT',
        contender: 'tuned',
        message: /^The generator could not send 3,000 requests\/s to tuned on json: 2,400 achieved/,
      },
    ])
  },
)

await t.test("an overload is the server's, although the generator was late as well", async (t) => {
  // Of 2,100 sent 105 were late with a connection idle; 900 were dropped and 630 waited.
  const { warnings } = of([
    baseline,
    { ...tuned, sentShare: 0.7, queuedShare: 0.3, ownLateShare: 0.05 },
  ])
  t.match(warnings, [{ code: 'RATE_NOT_HELD', contender: 'tuned' }])
})

await t.test(
  'closed loops beside a rate keep their numbers and never have a latency',
  async (t) => {
    const closed = fakeWindows([
      { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 50_000 },
      { contender: 'tuned', workload: 'json', capacity: 25_000, costNs: 55_000 },
    ])
    const raw = fakePacedRaw([...closed, ...fakePacedWindows([baseline, tuned])])
    const { summaries, comparisons } = derive({
      ...raw,
      design: { ...raw.design, connections: [32] },
    })
    const metricsAt = (rate: number | undefined) =>
      new Set(
        summaries.flatMap(({ metric, point }) => (point.ratePerSecond === rate ? metric : [])),
      )
    t.same(metricsAt(undefined), new Set(['capacity', 'cost', 'vcpu', 'generatorCost']))
    t.notOk(metricsAt(pace.ratePerSecond).has('capacity'))
    t.notOk(metricsAt(pace.ratePerSecond).has('generatorCost'), 'it spins between sends')
    const costs = comparisons.filter(({ metric }) => metric === 'cost')
    t.same(
      costs.map(({ point, verdict }) => [point.ratePerSecond, verdict]),
      [
        [undefined, 'worse'],
        [3_000, 'better'],
      ],
    )
    t.same(costs[0]?.family?.size, 2, 'every operating point is a member')
  },
)

await t.test('without a cost the verdict at a rate is read from p99', async (t) => {
  const contenders = [fakeContender('baseline'), fakeContender('tuned', 'url')]
  const { comparisons } = derive(
    fakePacedRaw(fakePacedWindows([baseline, { ...tuned, costNs: null }]), { contenders }),
  )
  t.same(
    comparisons.flatMap(({ metric, family }) => (family === undefined ? [] : metric)),
    ['latencyP99'],
  )
})
