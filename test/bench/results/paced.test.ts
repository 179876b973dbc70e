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
    const { summaries, comparisons, warnings } = derive({
      ...raw,
      design: { ...raw.design, connections: [32] },
    })
    t.match(warnings, [{ code: 'RATE_BESIDE_LOOPS' }])
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
