import { availableParallelism } from 'node:os'
import t from 'tap'
import {
  commandLine,
  type MeasureOptions,
  parseMeasureOptions,
} from '../../bench/measure-options.ts'
import { benchDefaults } from '../../bench/plan.ts'

/** What commander gives when nothing was written. */
const options = (over: Partial<MeasureOptions> = {}): MeasureOptions => ({
  workload: 'json,db,queries',
  quick: false,
  engine: 'built-in',
  ...over,
})

t.test('the defaults', async (t) => {
  const { seed, ...rest } = parseMeasureOptions(options())
  t.strictSame(rest, {
    workloads: ['json', 'db', 'queries'],
    connections: [32],
    rates: [],
    shares: [],
    study: undefined,
    budgetMs: benchDefaults.budgetMs,
    blocks: undefined,
    precision: undefined,
    quick: false,
    control: false,
    engine: 'built-in',
    cores: undefined,
    databaseUrl: undefined,
    upstreamLatencyMs: 0,
    out: undefined,
    footprint: false,
    against: [],
  })
  t.ok(Number.isInteger(seed) && seed >= 0)
  const seeds = [seed, ...[1, 2, 3].map(() => parseMeasureOptions(options()).seed)]
  t.ok(new Set(seeds).size > 1, 'a seed is drawn for each run')
})

t.test('lists: spaces and doubles do not matter', async (t) => {
  const { workloads, connections } = parseMeasureOptions(
    options({ workload: ' json, db,,json', connections: '16, 64,16,' }),
  )
  t.strictSame(workloads, ['json', 'db'])
  t.strictSame(connections, [16, 64])
})

t.test('a rate stands alone unless connections are named beside it', async (t) => {
  const points = (over: Partial<MeasureOptions>) => {
    const { connections, rates, shares } = parseMeasureOptions(options(over))
    return { connections, rates, shares }
  }
  t.strictSame(points({ rate: '1000, 3000,1000' }), {
    connections: [],
    rates: [1000, 3000],
    shares: [],
  })
  t.strictSame(points({ rate: '3000', connections: '16' }), {
    connections: [16],
    rates: [3000],
    shares: [],
  })
  t.strictSame(points({ rate: '30%, 62.5%' }), { connections: [], rates: [], shares: [0.3, 0.625] })
  t.strictSame(points({ rate: '3000,30%' }), { connections: [], rates: [3000], shares: [0.3] })
  for (const rate of ['0%', '101%', 'x%', '%'])
    t.throws(() => points({ rate }), { code: 'BAD_SHARE', message: /from 1% to 100%, such as 30%/ })
})

t.test('budget', async (t) => {
  const budget = (over: Partial<MeasureOptions>): number =>
    parseMeasureOptions(options(over)).budgetMs
  t.equal(budget({ quick: true }), benchDefaults.quickBudgetMs)
  t.equal(budget({ budget: '3m' }), 180_000)
  t.equal(budget({ budget: '20s', quick: true }), 20_000, 'what is written counts')
})

t.test('numbers', async (t) => {
  const { seed, cores, blocks } = parseMeasureOptions(
    options({ seed: '0', cores: '1', blocks: '8' }),
  )
  t.strictSame([seed, cores, blocks], [0, 1, 8])
  const tooMany = String(availableParallelism() + 1)
  const wrong: [Partial<MeasureOptions>, string][] = [
    [{ seed: '-1' }, '--seed'],
    [{ seed: '1.5' }, '--seed'],
    [{ seed: '' }, '--seed'],
    [{ seed: '9'.repeat(20) }, '--seed'],
    [{ blocks: '1' }, '--blocks'],
    [{ blocks: 'many' }, '--blocks'],
    [{ cores: '0' }, '--cores'],
    [{ cores: tooMany }, '--cores'],
    [{ cores: '0-1' }, '--cores'],
    [{ connections: '16,x' }, '--connections'],
    [{ connections: '1001' }, '--connections'],
    [{ connections: '0x10' }, '--connections'],
    [{ rate: ',' }, '--rate'],
    [{ rate: '0' }, '--rate'],
    [{ rate: '1k' }, '--rate'],
    [{ rate: '1,000' }, '--rate'],
    [{ rate: '' }, '--rate'],
    [{ rate: '1000001' }, '--rate'],
  ]
  for (const [over, option] of wrong)
    t.throws(
      () => parseMeasureOptions(options(over)),
      { code: 'BAD_NUMBER', failure: 'usage', message: new RegExp(`^${option} takes a whole`) },
      JSON.stringify(over),
    )
})

t.test('latency of the downstream services', async (t) => {
  const { upstreamLatencyMs } = parseMeasureOptions(options({ upstreamLatency: '10ms' }))
  t.equal(upstreamLatencyMs, 10)
  t.throws(() => parseMeasureOptions(options({ upstreamLatency: '10' })), { code: 'BAD_LATENCY' })
})

t.test('no workload', async (t) => {
  t.throws(() => parseMeasureOptions(options({ workload: ' , ' })), { code: 'NO_WORKLOAD' })
})

t.test('precision is a share with its sign', async (t) => {
  const precision = (text: string) => parseMeasureOptions(options({ precision: text })).precision
  t.equal(precision('2%'), 0.02)
  t.equal(precision('1.5%'), 0.015)
  for (const text of ['2', '0%', '80%', '-2%', '', '2 %', 'narrow'])
    t.throws(() => precision(text), { code: 'BAD_SHARE', failure: 'usage', message: /such as 2%/ })
})

t.test(
  'a command is kept as it would be typed again, without what is the default or secret',
  async (t) => {
    t.equal(commandLine(['bench', 'baseline', 'tuned'], options()), 'bench baseline tuned')
    t.equal(
      commandLine(
        ['bench', 'baseline', 'tuned+database-pool={"max":4}'],
        options({
          workload: 'db',
          blocks: '8',
          budget: '3m',
          quick: true,
          seed: '1',
          upstreamLatency: '10ms',
          footprint: true,
          databaseUrl: 'postgres://user:secret@host/db',
          out: 'mine.json',
        }),
      ),
      'bench baseline \'tuned+database-pool={"max":4}\' --workload db --quick --blocks 8 --budget 3m --seed 1 --upstream-latency 10ms --footprint',
    )
  },
)

t.test('a study has no operating points and stands alone', async (t) => {
  const study = (over: Partial<MeasureOptions>) => {
    const { connections, rates, study: asked } = parseMeasureOptions(options(over))
    t.same({ connections, rates }, { connections: [], rates: [] })
    return asked
  }
  t.same(study({ sweep: true }), { kind: 'sweep' })
  t.same(study({ slo: 'p99=10ms' }), {
    kind: 'slo',
    limits: [{ metric: 'latencyP99', limitUs: 10_000 }],
  })
  t.same(study({ slo: 'p50=1.5ms, p99=1s' }), {
    kind: 'slo',
    limits: [
      { metric: 'latencyP50', limitUs: 1_500 },
      { metric: 'latencyP99', limitUs: 1_000_000 },
    ],
  })
  for (const slo of ['', 'p99', 'p99=', 'p99=10', '10ms', 'p95=10ms', 'p99=0ms', 'p99=1ms,p99=2ms'])
    t.throws(
      () => parseMeasureOptions(options({ slo })),
      { code: 'BAD_SLO', failure: 'usage' },
      slo,
    )
  for (const beside of [
    { slo: 'p99=10ms', sweep: true },
    { sweep: true, rate: '1000' },
    { slo: 'p99=10ms', rate: '1000' },
    { sweep: true, connections: '16' },
    { sweep: true, precision: '2%' },
    { sweep: true, control: true },
  ])
    t.throws(() => parseMeasureOptions(options(beside)), {
      code: 'STUDY_ALONE',
      message: /cannot stand beside --\w+: leave one of them out/,
    })
})
