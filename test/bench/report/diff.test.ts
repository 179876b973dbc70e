import t from 'tap'
import { effectIn, type Effect } from '../../../bench/effect.ts'
import { renderDiff } from '../../../bench/report/diff.ts'
import type { Comparison } from '../../../bench/results.ts'
import type { ActiveToggle, ResolvedProfile } from '../../../src/profile.ts'
import { diffProfiles } from '../../../src/profile/diff.ts'
import { resolveProfile } from '../../../src/profile/resolve.ts'
import { resultFixture } from '../commands/fixtures/result.ts'

/** A toggle whose words are the test's own, so that the real ones may be reworded. */
const active = (name: string, over: Partial<ActiveToggle> & { anti?: true } = {}): ActiveToggle =>
  ({
    toggle: { name, summary: `Do ${name}.`, tradeoff: `Lose ${name}.`, ...over },
    options: {},
    origin: 'test',
    ...over,
  }) as unknown as ActiveToggle

const profile = (name: string, toggles: ActiveToggle[]): ResolvedProfile => ({
  name,
  description: `About ${name}.`,
  toggles,
})

const a = profile('plain', [active('shared'), active('pool', { options: { max: 10 } })])
const b = profile('fast', [
  active('shared'),
  active('pool', { options: { max: 4, idle: 2 } }),
  active('extra'),
  active('habit', { anti: true, subsumedBy: 'extra' }),
])
const differences = diffProfiles(a, b)

const comparison = (over: Partial<Comparison> = {}): Comparison => ({
  workload: 'json',
  metric: 'cost',
  unit: 'ns',
  better: 'lower',
  point: { connections: 32 },
  base: 'plain',
  contender: 'fast',
  ratio: 0.5,
  low: 0.45,
  high: 0.55,
  confidence: 0.95,
  verdict: 'better',
  blocks: 4,
  ...over,
})

const effectOf = (comparisons: Comparison[], over: Partial<Effect> = {}): Effect => ({
  path: 'r.json',
  startedAt: '2026-01-01T00:00:00.000Z',
  indicative: true,
  blocks: 4,
  comparisons,
  ...over,
})

const golden = `
fast differs from plain in 3 toggles; indicative: on json 0.50 times the CPU per request, better.

Measured effect, fast / plain with 95 % interval (indicative, 4 blocks, 2026-01-01T00:00 UTC,
r.json):
  json, 32 connections  CPU per request, own  0.50 (0.45 to 0.55)  better

extra: off in plain, on in fast
  does      Do extra.
  gives up  Lose extra.
  FastAPI   no counterpart

habit (a bad habit, kept to be measured): off in plain, on (no effect beside extra) in fast
  does      Do habit.
  gives up  Lose habit.
  FastAPI   no counterpart

pool: max 10 in plain, max 4, idle 2 in fast
  does      Do pool.
  gives up  Lose pool.
  FastAPI   no counterpart
`.trimStart()

t.test('the whole text, verdict first', async (t) => {
  t.equal(renderDiff(a, b, differences, effectOf([comparison()])), golden)
})

t.test('not measured: says so and how to', async (t) => {
  const text = renderDiff(a, b, differences, undefined)
  t.match(text, /^fast differs from plain in 3 toggles; .* not been measured yet\./)
  t.match(text, /npm run diff -- plain fast --measure/)
  t.notMatch(text, /Measured effect/)
})

t.test('one toggle is one toggle', async (t) => {
  const one = profile('one', [...a.toggles, active('extra')])
  t.match(renderDiff(a, one, diffProfiles(a, one), undefined), /in 1 toggle;/)
})

t.test('the same server: nothing to measure', async (t) => {
  t.equal(
    renderDiff(a, a, diffProfiles(a, a), undefined),
    'plain and plain switch the same toggles: they are one server.\n',
  )
})

t.test('the cost of the whole stack speaks where it is known', async (t) => {
  const effect = effectOf([
    comparison(),
    comparison({ metric: 'stackCost', ratio: 0.7, verdict: 'slightly better' }),
    comparison({ metric: 'capacity', ratio: 1.4 }),
    comparison({ metric: 'vcpu', ratio: 7.77 }),
  ])
  const text = renderDiff(a, b, differences, effect)
  t.match(
    text.replaceAll('\n', ' '),
    /on json 0\.70 times the CPU per request, 1\.40 times the requests\/s, slightly better\./,
  )
  t.match(text, /own {12,}0\.50/)
  t.match(text, /own \+ database {2}0\.70/)
  t.notMatch(text, /7\.77/, 'vCPU at full load is no quality')
})

t.test('without an interval there is none, and no word that needs one', async (t) => {
  const { low: _, high: __, ...bare } = comparison({ verdict: 'unresolved' })
  t.match(renderDiff(a, b, differences, effectOf([bare])), / 0\.50 {2}unresolved\n/)
})

t.test('where the generator was the limit the ratio is a bound', async (t) => {
  const effect = effectOf([comparison({ metric: 'capacity', ratio: 2, bound: 'at-least' })])
  const text = renderDiff(a, b, differences, effect)
  t.match(text, /at least 2\.00 times the requests\/s/)
  t.match(text, /requests\/s {2}at least 2\.00 \(/)
})

t.test('another word at another operating point is told', async (t) => {
  const many = comparison({ point: { connections: 64 }, verdict: 'worse', ratio: 1.3 })
  const text = renderDiff(a, b, differences, effectOf([comparison(), many])).replaceAll('\n', ' ')
  t.match(
    text,
    /on json .* better with 32 connections \(the other way round at another operating point: worse with 64 connections\)\./,
  )
  t.match(text, /json, 64 connections {2}CPU per request, own {2}1\.30/)
})

t.test('a fixed rate is told as one', async (t) => {
  const point = { connections: 64, ratePerSecond: 3_000 }
  const effect = effectOf([
    comparison({ point }),
    comparison({ point, metric: 'latencyP99', ratio: 0.8, low: 0.7, high: 0.9 }),
  ])
  const text = renderDiff(a, b, differences, effect)
  t.match(text.replaceAll('\n', ' '), /on json .* better at 3,000 requests\/s\./)
  t.match(text, /json, 3,000 requests\/s {2}CPU per request, own {2}0\.50/)
  t.match(text, /json, 3,000 requests\/s {2}p99 latency {11}0\.80 \(0\.70 to 0\.90\)/)
})

t.test('a fragile verdict is called so wherever it stands', async (t) => {
  const many = comparison({ point: { connections: 64 }, fragile: true })
  const text = renderDiff(a, b, differences, effectOf([comparison(), many])).replaceAll('\n', ' ')
  t.match(
    text,
    /on json .* better with 32 connections \(better \(fragile\) with 64 connections\)\./,
  )
  t.match(text, /json, 64 connections .* better \(fragile\) /)
})

t.test('real profiles on a real shape of result stay within 100 columns', async (t) => {
  const { result } = await resultFixture()
  const [base, tuned] = [await resolveProfile('baseline'), await resolveProfile('tuned')]
  const effect = effectIn(result, 'bench/results/x.json', base, tuned)
  t.ok(effect)
  const text = renderDiff(base, tuned, diffProfiles(base, tuned), effect)
  t.strictSame(
    text.split('\n').filter((line) => line.length > 100),
    [],
  )
})
