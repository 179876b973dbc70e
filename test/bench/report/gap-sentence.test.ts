import t from 'tap'
import { gapSentences } from '../../../bench/report/gap-sentence.ts'
import type { Gap } from '../../../bench/results.ts'
import { fakeContender, fakeHeader } from '../results/fixtures/fake-run.ts'

const { design } = fakeHeader()
const contenders = [
  ...['baseline', 'tuned', 'pooled'].map((id) => fakeContender(id)),
  ...['express:default', 'gin:tuned'].map((id) => fakeContender(id, 'peer')),
]

const gap = (over: Partial<Gap> = {}): Gap => ({
  workload: 'json',
  metric: 'cost',
  point: { connections: 32 },
  base: 'baseline',
  contender: 'tuned',
  peer: 'gin:tuned',
  state: 'open',
  closed: 0.62,
  low: 0.48,
  high: 0.77,
  confidence: 0.95,
  blocks: 8,
  ...over,
})

const without = (state: Gap['state'], over: Partial<Gap> = {}): Gap => {
  const { closed: _, low: __, high: ___, ...rest } = gap({ state, ...over })
  return rest
}

await t.test('one gap is one sentence', async (t) => {
  t.same(gapSentences({ design, contenders, gaps: [gap()] }), [
    'On json tuned closes 62 % (48 to 77) of the gap to gin:tuned.',
  ])
  t.same(gapSentences({ design, contenders, gaps: [] }), [])
})

await t.test('each contender has a sentence for each peer, over its workloads', async (t) => {
  const gaps = [
    gap(),
    gap({ contender: 'pooled', closed: -0.1, low: -0.2, high: -0.01 }),
    gap({ workload: 'db', closed: 1.204, low: 1.1, high: 1.3 }),
    gap({ workload: 'posts' }),
    gap({ peer: 'express:default' }),
  ]
  t.same(gapSentences({ design, contenders, gaps }), [
    'On json tuned closes 62 % (48 to 77) of the gap to gin:tuned, on db 120 % (110 to 130) and on posts 62 % (48 to 77).',
    'On json pooled closes -10 % (-20 to -1) of the gap to gin:tuned.',
    'On json tuned closes 62 % (48 to 77) of the gap to express:default.',
  ])
})

await t.test('where there is no gap it is said once for all contenders', async (t) => {
  const gaps = [
    without('base ahead'),
    without('base ahead', { contender: 'pooled' }),
    without('base ahead', { workload: 'db' }),
    without('base level', { workload: 'queries' }),
    without('gap not resolved', { workload: 'posts' }),
    gap({ workload: 'fortunes' }),
  ]
  t.same(gapSentences({ design, contenders, gaps }), [
    'On fortunes tuned closes 62 % (48 to 77) of the gap to gin:tuned.',
    'On json and db baseline is already ahead of gin:tuned.',
    'On queries baseline is level with gin:tuned.',
    'On posts the gap from baseline to gin:tuned is not resolved.',
  ])
})

await t.test('points and bounds are named where there are any', async (t) => {
  const gaps = [
    gap({ bound: 'at-most' }),
    gap({ point: { connections: 64 }, bound: 'at-least' }),
    without('base level', { point: { connections: 128 } }),
  ]
  t.same(gapSentences({ contenders, design: { ...design, connections: [32, 64, 128] }, gaps }), [
    'On json with 32 connections tuned closes at most 62 % (48 to 77) of the gap to gin:tuned and on json with 64 connections at least 62 % (48 to 77).',
    'On json with 128 connections baseline is level with gin:tuned.',
  ])
})

await t.test('a fixed rate is told, even where it is the only point', async (t) => {
  const point = { connections: 64, ratePerSecond: 1_000 }
  const paced = [{ ...point, settleMs: 250, windowMs: 1_000, rounds: 2 }]
  t.same(
    gapSentences({
      contenders,
      design: { ...design, connections: [], paced },
      gaps: [gap({ point })],
    }),
    ['On json at 1,000 requests/s tuned closes 62 % (48 to 77) of the gap to gin:tuned.'],
  )
})
