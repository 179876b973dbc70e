import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { analyseDesigns } from '../../../bench/designs/analyse.ts'
import {
  type DesignsDocument,
  designsSchema,
  type Series,
} from '../../../bench/designs/document.ts'
import {
  chosenDesign,
  renderDesigns,
  renderDesignsMarkdown,
} from '../../../bench/report/designs.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'

const blocks = 8
const design = (name: string, atOnce = false) => ({ name, windowMs: 20, settleMs: 0, atOnce })

/** Two windows of one arm: 100 answers each. */
const series = (costUs: number, perSecond: number, windows = 2): Series => ({
  requests: Array.from({ length: windows }, () => 100),
  elapsedUs: Array.from({ length: windows }, () => Math.round(100_000_000 / perSecond)),
  cpuUs: Array.from({ length: windows }, () => Math.round(100 * costUs)),
  generatorCpuUs: Array.from({ length: windows }, () => 1000),
})

/**
 * Costs of a, b, c are 100, 200 and 50 us. Every block moves the contender's cost by an amount that sums to 0 over
 * blocks, twice as far in the reference as in "narrow"; "biased" finds 30 % more than there is for c.
 */
const costs: Readonly<Record<string, number>> = { a: 100, 'a#2': 100, b: 200, c: 50 }
const wobble = [1, -1, 2, -2, 3, -3, 1, -1]
const spread: Readonly<Record<string, number>> = { isolated: 0.02, narrow: 0.01, biased: 0.005 }

const document: DesignsDocument = {
  schemaVersion: 1,
  id: 'x',
  state: 'complete',
  command: 'noise a b c --compare-designs',
  startedAt: '2026-11-27T00:00:00.000Z',
  seed: 1,
  workload: 'json',
  connections: 32,
  confidence: 0.95,
  environment: fakeResult().environment,
  designs: [design('isolated'), design('narrow'), design('biased')],
  reference: 'isolated',
  pairs: [
    { base: 'a', contender: 'a#2' },
    { base: 'a', contender: 'b' },
    { base: 'a', contender: 'c' },
    { base: 'b', contender: 'c' },
  ],
  blocks,
  stretches: [],
}
const stretches = Array.from({ length: blocks }, (_, block) =>
  document.pairs.flatMap(({ base, contender }) =>
    document.designs.map(({ name }) => {
      const factor = Math.exp((spread[name] ?? 0) * (wobble[block] ?? 0))
      const bias = name === 'biased' && contender === 'c' && base === 'a' ? 1.3 : 1
      const cost = (costs[contender] ?? 0) * factor * bias
      return {
        block,
        base,
        contender,
        design: name,
        baseFirst: [true],
        baseWindows: series(costs[base] ?? 0, 1e6 / (costs[base] ?? 1)),
        contenderWindows: series(cost, 1e6 / cost),
      }
    }),
  ),
).flat()
const whole: DesignsDocument = { ...document, stretches }
const analysis = analyseDesigns(whole)

t.test('the document is what its schema says', async (t) => {
  t.ok(Value.Check(designsSchema, whole))
})

t.test('ratios are those of the arms, by block means', async (t) => {
  const found = (contender: string, base: string, name: string, metric = 'cost') =>
    analysis.findings.find(
      (each) =>
        each.contender === contender &&
        each.base === base &&
        each.design === name &&
        each.metric === metric,
    )
  t.match(Math.exp(found('b', 'a', 'isolated')?.ratio.mean ?? 0).toFixed(3), '2.000')
  t.match(Math.exp(found('c', 'b', 'narrow')?.ratio.mean ?? 0).toFixed(3), '0.250')
  t.match(Math.exp(found('c', 'a', 'narrow', 'capacity')?.ratio.mean ?? 0).toFixed(2), '2.00')
  // sd of the wobble is sqrt(30 / 7) = 2.070; t(0.975, 7) = 2.365; 2.365 * 2.070 * 0.02 / sqrt(8) = 0.0346
  const { ratio } = found('b', 'a', 'isolated') ?? {}
  t.ok(Math.abs((ratio?.high ?? 0) - (ratio?.mean ?? 0) - 0.0346) < 0.0003)
  t.equal(
    found('a#2', 'a', 'isolated')?.disagreement,
    undefined,
    'the reference has nothing to agree with',
  )
})

t.test('a design that finds another ratio is seen, and does not qualify', async (t) => {
  const disagreeing = analysis.findings.filter(({ agrees }) => !agrees)
  t.strictSame(
    disagreeing.map(({ design: name, base, contender }) => [name, base, contender]),
    [
      ['biased', 'a', 'c'],
      ['biased', 'a', 'c'],
    ],
    'in cost and in capacity',
  )
  t.equal(chosenDesign(analysis), 'narrow', 'though "biased" is narrower')
  t.equal(analysis.familyConfidence, 1 - 0.05 / 8, 'four pairs, two metrics')
})

t.test('a chain of ratios that does not close shows in the residual', async (t) => {
  const residual = (name: string) =>
    analysis.residuals.find((each) => each.design === name && each.metric === 'cost')
  t.strictSame(residual('narrow')?.chain, ['a', 'b', 'c'])
  t.ok(Math.abs(residual('narrow')?.residual.mean ?? 1) < 0.001)
  t.ok(Math.abs((residual('biased')?.residual.mean ?? 0) - Math.log(1.3)) < 0.001)
})

t.test('with one block there is nothing to say', async (t) => {
  const one = { ...whole, stretches: stretches.filter(({ block }) => block === 0) }
  t.strictSame(analyseDesigns(one), { ...analysis, findings: [], scores: [], residuals: [] })
  t.match(renderDesigns(one, 'x.json'), /No design agrees/)
})

t.test('text and Markdown name the choice and mark what disagrees', async (t) => {
  const text = renderDesigns(whole, 'x.json')
  t.match(text, /"isolated" on every pair is "narrow"/)
  t.match(text, /^ {2}c \/ a +0\.500 ±3\.5 +0\.500 ±1\.7 +0\.650 ±0\.9 \*$/m)
  const markdown = renderDesignsMarkdown(whole)
  t.match(markdown, String.raw`| 0.650 ±0.9 \* |`)
  t.match(markdown, '| agrees everywhere | yes | yes | no |')
})
