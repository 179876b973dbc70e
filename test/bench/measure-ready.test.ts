import t from 'tap'
import { parseMeasureOptions } from '../../bench/measure-options.ts'
import { makeReady } from '../../bench/measure-ready.ts'

const ready = (over: Record<string, string>) =>
  makeReady(
    ['baseline', 'tuned'],
    parseMeasureOptions({
      workload: 'json',
      quick: false,
      engine: 'built-in',
      seed: '1',
      ...over,
    }),
  )

t.test('an engine that cannot pace refuses a rate and says what can', async (t) => {
  await t.rejects(ready({ engine: 'wrk', rate: '3000' }), {
    failure: 'usage',
    code: 'ENGINE_UNSUPPORTED',
    message: /^The engine wrk cannot send at a fixed rate; leave out --engine/,
  })
})

t.test('rates become operating points of the plan, alone or beside a closed loop', async (t) => {
  const rate = { ratePerSecond: 3_000, connections: 150 }
  t.match((await ready({ rate: '3000' })).plan.cells, [{ workload: 'json', ...rate }])
  t.match((await ready({ rate: '3000', connections: '16' })).plan.cells, [
    { workload: 'json', connections: 16 },
    { workload: 'json', ...rate },
  ])
})
