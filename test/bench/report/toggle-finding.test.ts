import t from 'tap'
import type { Measured, ToggleFacts } from '../../../bench/catalogue.ts'
import { findingsOf } from '../../../bench/report/toggle-finding.ts'
import type { Comparison } from '../../../bench/results.ts'

const comparison = (over: Partial<Comparison>): Comparison => ({
  workload: 'db',
  metric: 'stackCost',
  unit: 'ns',
  better: 'lower',
  point: { connections: 32 },
  base: 'baseline',
  contender: 'baseline+thing',
  ratio: 0.8,
  low: 0.75,
  high: 0.85,
  confidence: 0.95,
  verdict: 'better',
  blocks: 8,
  ...over,
})

const added = (...comparisons: Partial<Comparison>[]): Measured => ({
  way: 'added',
  base: 'baseline',
  contender: 'baseline+thing',
  path: 'x.json',
  startedAt: '2026-01-01T00:00:00.000Z',
  indicative: false,
  blocks: 8,
  comparisons: comparisons.map(comparison),
})

const leftOut = (...comparisons: Partial<Comparison>[]): Measured => ({
  ...added(...comparisons),
  way: 'left out',
  base: 'tuned',
})

const facts = (...measured: Measured[]) =>
  ({
    measured,
    expectation: { moves: ['db'], still: ['json'], metric: 'cost' },
  }) as unknown as ToggleFacts

t.test('a gain, and what leaving it out costs', async (t) => {
  t.strictSame(
    findingsOf(facts(added({}), leftOut({ ratio: 1.9, low: 1.7, high: 2.1, verdict: 'worse' }))),
    [
      'Added to baseline it helps on db: 0.80 (0.75 to 0.85) times the CPU per request.',
      'Left out of tuned, db takes 1.90 (1.70 to 2.10) times the CPU per request: it is worth having.',
    ],
  )
})

t.test('of runs that asked the same the newest firm one is told', async (t) => {
  const of = (ratio: number, indicative = false): Measured => ({
    ...added({ ratio, low: ratio - 0.05, high: ratio + 0.05 }),
    indicative,
  })
  const told = (...runs: Measured[]): string[] =>
    findingsOf(facts(...runs)).map((sentence) => sentence.replace(/.* (0\.\d+) \(.*/, '$1'))
  t.strictSame(told(of(0.7), of(0.8)), ['0.70'])
  t.strictSame(told(of(0.7, true), of(0.8), of(0.9)), ['0.80'])
  t.strictSame(told(of(0.7, true), of(0.8, true)), ['0.70'])
  const elsewhere = added({ ratio: 0.6, low: 0.55, high: 0.65, point: { connections: 64 } })
  t.strictSame(
    told(of(0.7), elsewhere),
    ['0.70', '0.60'],
    'at another point it is another question',
  )
})

t.test('a toggle that does not help says so', async (t) => {
  const said = (over: Partial<Comparison>): string => findingsOf(facts(added(over))).join(' ')
  t.match(said({ verdict: 'worse', ratio: 1.3 }), /it is a loss on db/)
  t.match(said({ verdict: 'unresolved', ratio: 0.99 }), /it shows no difference on db/)
  t.match(said({ verdict: 'same', ratio: 1 }), /it makes no difference that matters on db/)
})

t.test('requests/s are served, not taken', async (t) => {
  const over = { metric: 'capacity', better: 'higher', verdict: 'worse', ratio: 0.7 } as const
  t.match(findingsOf(facts(leftOut(over))), [
    /^Left out of tuned, db serves 0.70 [^]* requests\/s:/,
  ])
})

t.test('a workload that it should leave alone is told only where it moved', async (t) => {
  const still = (verdict: Comparison['verdict']): string[] =>
    findingsOf(facts(added({ workload: 'json', verdict, ratio: 1.1, low: 1.05, high: 1.15 })))
  t.strictSame(still('worse'), [
    'Unexpected: json moved too, 1.10 (1.05 to 1.15) times the CPU per request.',
  ])
  t.strictSame(still('unresolved'), [])
  t.strictSame(still('same'), [])
})

t.test('other workloads are left to the tables', async (t) => {
  t.strictSame(findingsOf(facts(added({ workload: 'posts' }))), [])
})
