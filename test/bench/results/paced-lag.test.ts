/** What the load generator's own lag takes from a run at a fixed rate, and what it does not. */
import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import type { Derived } from '../../../bench/results.ts'
import {
  baseline,
  comparisonOf,
  fakePacedRaw,
  fakePacedWindows,
  near,
  type PacedTruth,
  tuned,
  valueOf,
} from './fixtures/fake-paced.ts'

const of = (truths: readonly PacedTruth[]): Derived =>
  derive(fakePacedRaw(fakePacedWindows(truths)))

await t.test("the generator's own lag is no part of latency where nobody waited", async (t) => {
  // Sent 200 µs late, a quarter of p99: the answers still took 300 and 800 µs, and in a block 1 % more or less.
  const derived = of([baseline, { ...tuned, ownLagUs: 200 }])
  t.ok(near(valueOf(derived, 'tuned', 'latencyP50'), 300 * (1.01 * 0.99) ** 0.25))
  t.ok(near(valueOf(derived, 'tuned', 'latencyP99'), 800 * (1.01 * 0.99) ** 0.25))
  t.ok(derived.gates.every(({ ok }) => ok))
  t.match(derived.warnings, [
    {
      code: 'LAG_TAKEN_OFF',
      message: /^p50 at 3,000 .*on json \(1 of 2 contenders\): .* be 1\.7 times/,
    },
    {
      code: 'LAG_TAKEN_OFF',
      message: /^p99 at 3,000 .*on json \(1 of 2 contenders\): .* be 1\.3 times/,
    },
  ])
  const bursts = of([baseline, { ...tuned, ownLagUs: 10_001 }])
  t.equal(comparisonOf(bursts, 'latencyP99'), undefined, 'more is other traffic')
  t.match(bursts.warnings, [
    {
      code: 'GENERATOR_LATE',
      message: /^No p50 and no p99 for tuned.* all of p50 may be its doing/,
    },
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
    // p50: S at half and what waited is 800 µs, and so is L at half less a tenth of that.
    const allowed = of([baseline, { ...waiting, ownLagUs: 80 }])
    t.ok(near(valueOf(allowed, 'tuned', 'latencyP50'), 800))
    t.ok(isCounted(valueOf(allowed, 'tuned', 'latencyP99'), 5_300))
    // With more lag than a tenth S at half, 300 µs, is all that is known from below.
    const late = of([baseline, { ...waiting, ownLagUs: 81 }])
    t.equal(comparisonOf(late, 'latencyP50'), undefined)
    t.equal(comparisonOf(late, 'serviceP50'), undefined)
    t.equal(comparisonOf(late, 'latencyP99')?.verdict, 'worse', 'of p99 it is no tenth')
    t.equal(comparisonOf(late, 'cost')?.verdict, 'better')
    t.match(late.warnings, [
      {
        code: 'GENERATOR_LATE',
        message:
          /^No p50 for tuned on json.* was 0\.08 ms at p50, and 62\.5 % of p50 may be its doing/,
      },
    ])
    t.match(
      late.gates.filter(({ ok }) => !ok),
      [{ name: 'lag', value: 0.625, limit: 0.1, detail: 'at p50' }],
    )
    // p99 is 5,300 µs, of which 600 are more than a tenth.
    const both = of([baseline, { ...waiting, ownLagUs: 600 }])
    t.equal(comparisonOf(both, 'latencyP99'), undefined)
    t.match(both.warnings, [{ code: 'GENERATOR_LATE', message: /^No p50 and no p99 for tuned/ }])
    t.match(
      both.gates.filter(({ ok }) => !ok),
      [{ name: 'lag', detail: 'at p99, and p50 too' }],
    )
    const beyond = of([{ ...baseline, slowUs: 50_000, ownLagUs: 1_001, queuedShare: 0.49 }, tuned])
    t.match(beyond.warnings, [{ code: 'GENERATOR_LATE' }], 'more than 1 ms is never a part')
  },
)

await t.test('what waited is told apart from what the generator sent late', async (t) => {
  // 15 in 1,000 waited 5 ms, and 20 in 1,000 left as late with a connection idle: p99 is one of the former.
  const derived = of([baseline, { ...steady, queuedShare: 0.015, ownLateShare: 0.02 }])
  t.ok(isCounted(valueOf(derived, 'tuned', 'latencyP99'), 5_300))
  t.ok(near(valueOf(derived, 'tuned', 'latencyP50'), 300))
  t.same(derived.warnings, [])
  // Of 5 in 1,000 that waited p99 is not one; the slow 2 in 100 took 800 µs.
  const fewer = of([baseline, { ...steady, queuedShare: 0.005, ownLateShare: 0.02 }])
  t.ok(near(valueOf(fewer, 'tuned', 'latencyP99'), 800))
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
