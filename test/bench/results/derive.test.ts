import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import { fakeContender, fakeRaw, fakeWindows, type Truth } from './fixtures/fake-run.ts'

const near = (actual: number | undefined, expected: number): boolean =>
  actual !== undefined && Math.abs(actual / expected - 1) < 1e-9

const json: readonly Truth[] = [
  { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 50_000 },
  {
    contender: 'tuned',
    workload: 'json',
    capacity: 25_000,
    costNs: 40_000,
    blockFactors: [1, 1.02, 0.99, 1.01],
  },
]

await t.test('capacity, cost and their ratios come out as they were put in', async (t) => {
  const { summaries, comparisons, warnings } = derive(fakeRaw(fakeWindows(json)))
  const summary = (contender: string, metric: string) =>
    summaries.find((row) => row.contender === contender && row.metric === metric)
  // The rounds drift by 1, 1.2 and 1.4: geometric mean of capacity 20,000 * 1.68^(1/3).
  t.ok(near(summary('baseline', 'capacity')?.value, 20_000 * 1.68 ** (1 / 3)))
  t.ok(near(summary('baseline', 'cost')?.value, 50_000))
  t.ok(near(summary('baseline', 'vcpu')?.value, 1 * 1.68 ** (1 / 3)))
  t.equal(summary('baseline', 'stackCost'), undefined, 'json does not reach the database')

  // Block log ratios of capacity: ln 1.25 + ln {1, 1.02, 0.99, 1.01}; the logs of the factors are
  // 0, 0.0198026, -0.0100503, 0.0099503: mean 0.00492566, sd 0.01284671 (n - 1);
  // half = 3.18244631 * 0.01284671 / 2 = 0.02044199.
  const capacity = comparisons.find(({ metric }) => metric === 'capacity')
  t.ok(near(capacity?.ratio, 1.25 * Math.exp(0.004925655574)))
  const half = Math.log((capacity?.high ?? 0) / (capacity?.low ?? 1)) / 2
  t.ok(Math.abs(half - 0.02044198606) < 1e-10, `${half}`)
  t.match(capacity, {
    workload: 'json',
    unit: 'requests/s',
    better: 'higher',
    point: { connections: 32 },
    base: 'baseline',
    contender: 'tuned',
    confidence: 0.95,
    verdict: 'better',
    blocks: 4,
  })
  const cost = comparisons.find(({ metric }) => metric === 'cost')
  t.ok(near(cost?.ratio, 0.8 / Math.exp(0.004925655574)))
  t.equal(cost?.verdict, 'better')
  t.same(warnings, [])
})

await t.test('the database adds to the cost where the workload reaches it', async (t) => {
  const { comparisons, summaries } = derive(
    fakeRaw(
      fakeWindows([
        {
          contender: 'baseline',
          workload: 'queries',
          capacity: 1_000,
          costNs: 600_000,
          databaseCostNs: 400_000,
        },
        {
          contender: 'tuned',
          workload: 'queries',
          capacity: 2_000,
          costNs: 300_000,
          databaseCostNs: 200_000,
        },
      ]),
    ),
  )
  const stack = comparisons.find(({ metric }) => metric === 'stackCost')
  t.ok(near(stack?.ratio, 0.5))
  t.ok(
    near(
      summaries.find((row) => row.contender === 'tuned' && row.metric === 'stackCost')?.value,
      500_000,
    ),
  )
  t.ok(comparisons.some(({ metric }) => metric === 'databaseCost'))
  t.notOk(comparisons.some(({ metric }) => metric === 'vcpu'))
})

await t.test('an arm with errors shows no number and says why', async (t) => {
  const windows = fakeWindows(json).map((window, index) =>
    index === 1
      ? { ...window, errors: { ...window.errors, body: 3 }, firstError: 'expected A, got B' }
      : window,
  )
  const { summaries, comparisons, warnings, gates } = derive(fakeRaw(windows))
  t.notOk(summaries.some(({ contender }) => contender === 'tuned'))
  t.ok(summaries.some(({ contender }) => contender === 'baseline'))
  t.same(comparisons, [])
  t.match(warnings, [
    { code: 'CELL_ERRORS', contender: 'tuned', workload: 'json', message: /3 body.*got B/ },
  ])
  t.match(
    gates.filter(({ ok }) => !ok),
    [{ name: 'errors', contender: 'tuned', value: 3, basis: 'derived' }],
  )
})

await t.test('errors of the base leave nothing to compare with', async (t) => {
  const windows = fakeWindows(json).map((window) =>
    window.contender === 'baseline'
      ? { ...window, errors: { ...window.errors, socket: 1 } }
      : window,
  )
  const { comparisons, warnings } = derive(fakeRaw(windows))
  t.same(comparisons, [])
  t.same(
    warnings.map(({ code }) => code),
    ['CELL_ERRORS', 'BASE_MISSING'],
  )
})

await t.test('an arm without a single answer has no number', async (t) => {
  const windows = fakeWindows(json).map((window) =>
    window.contender === 'tuned' ? { ...window, requests: 0 } : window,
  )
  const { summaries, warnings } = derive(fakeRaw(windows))
  t.notOk(summaries.some(({ contender }) => contender === 'tuned'))
  t.match(warnings, [{ code: 'CELL_EMPTY', contender: 'tuned' }])
})

await t.test('a contender without CPU figures has capacity but no cost', async (t) => {
  const windows = fakeWindows([json[0]!, { ...json[1]!, contender: 'http://h', costNs: null }])
  const contenders = [fakeContender('baseline'), fakeContender('http://h', 'url')]
  const { comparisons, warnings } = derive(fakeRaw(windows, contenders))
  t.same(
    comparisons.map(({ metric }) => metric),
    ['capacity'],
  )
  t.same(
    warnings.map(({ code }) => code),
    ['NOT_RESTARTED', 'COST_UNKNOWN'],
  )
})

await t.test('one block gives numbers without an interval, and no verdict', async (t) => {
  const { summaries, comparisons } = derive(fakeRaw(fakeWindows(json, 1)))
  t.ok(summaries.length > 0)
  for (const row of [...summaries, ...comparisons]) {
    t.notOk('low' in row)
    t.notOk('high' in row)
  }
  t.ok(comparisons.every(({ verdict }) => verdict === 'unresolved'))
})

await t.test('a round that was cut short is left out', async (t) => {
  const whole = fakeWindows(json, 2, 3)
  const cut = whole.filter((window) => !(window.round === 2 && window.position > 1))
  const { summaries } = derive(fakeRaw(cut))
  // Rounds 0 and 1 alone: 20,000 * sqrt(1 * 1.2)
  const capacity = summaries.find((row) => row.metric === 'capacity')
  t.ok(near(capacity?.value, 20_000 * Math.sqrt(1.2)))
})

await t.test('a generator at its limit makes capacity a bound, not cost', async (t) => {
  const limited = (contender: string): readonly Truth[] =>
    json.map((truth) => (truth.contender === contender ? { ...truth, generatorShare: 0.9 } : truth))
  const capacityOf = (truths: readonly Truth[]) => {
    const { comparisons, warnings, gates } = derive(fakeRaw(fakeWindows(truths)))
    t.ok(warnings.some(({ code }) => code === 'GENERATOR_BOUND'))
    t.ok(gates.some(({ name, ok }) => name === 'generator' && !ok))
    t.equal(comparisons.find(({ metric }) => metric === 'cost')?.verdict, 'better')
    return comparisons.find(({ metric }) => metric === 'capacity')
  }
  t.match(capacityOf(limited('tuned')), { bound: 'at-least', verdict: 'better' })
  t.match(capacityOf(limited('baseline')), { bound: 'at-most', verdict: 'unresolved' })
  t.notOk('furtherBlocks' in (capacityOf(limited('baseline')) ?? {}))
})

await t.test('unresolved comparisons say how many blocks are missing', async (t) => {
  const noisy = json.map((truth) =>
    truth.contender === 'tuned'
      ? { ...truth, capacity: 20_000, costNs: 50_000, blockFactors: [1.05, 0.95, 1.04, 0.97] }
      : truth,
  )
  const { comparisons } = derive(fakeRaw(fakeWindows(noisy)))
  for (const row of comparisons) {
    t.equal(row.verdict, 'unresolved')
    t.ok((row.furtherBlocks ?? 0) > 4, `${row.furtherBlocks}`)
    t.ok((row.detectable ?? 0) > 0.05)
  }
})

await t.test('what the runner saw is kept, what was derived is worked out afresh', async (t) => {
  const raw = {
    ...fakeRaw(fakeWindows(json)),
    gates: [
      { name: 'contract', ok: true, basis: 'observed' as const },
      { name: 'stale', ok: false, basis: 'derived' as const },
    ],
    warnings: [{ code: 'STEAL', message: 'stolen', basis: 'observed' as const }],
  }
  const once = derive(raw)
  t.same(
    [...new Set(once.gates.map(({ name }) => name))],
    ['contract', 'errors', 'generator', 'control'],
  )
  t.same(derive({ ...raw, ...once }), once)
})

await t.test('warm-ups that were cut while the cost fell are told in one sentence', async (t) => {
  const warmup = (block: number, contender: string, steady: boolean) => ({
    block,
    workload: 'json',
    connections: 32,
    contender,
    requests: 9_000,
    durationMs: 1_950 + block,
    steady,
  })
  const windows = fakeWindows([
    { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 50_000 },
    { contender: 'tuned', workload: 'json', capacity: 25_000, costNs: 40_000 },
  ])
  const raw = fakeRaw(windows)
  t.same(derive(raw).warnings, [], 'older files have no warm-ups')
  const warmups = [
    warmup(0, 'baseline', true),
    warmup(0, 'tuned', false),
    warmup(1, 'baseline', true),
    warmup(1, 'tuned', true),
    warmup(2, 'tuned', false),
  ]
  const { warnings } = derive({ ...raw, warmups })
  t.match(warnings, [{ code: 'WARMUP_CUT' }])
  t.match(warnings[0]?.message, /limit \(2\.0 s\)[^]*steady: tuned 2 of 3\. What/)
})
