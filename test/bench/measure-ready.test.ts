import t from 'tap'
import { parseMeasureOptions } from '../../bench/measure-options.ts'
import { makeReady } from '../../bench/measure-ready.ts'
import { benchDefaults } from '../../bench/plan.ts'

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

t.test('an engine that cannot take short windows has longer ones', async (t) => {
  t.equal((await ready({ engine: 'wrk' })).plan.windowMs, 1_000)
  t.equal((await ready({})).plan.windowMs, benchDefaults.windowMs)
})

t.test('rates become operating points of the plan, alone or beside a closed loop', async (t) => {
  const rate = { ratePerSecond: 3_000, connections: 150 }
  t.match((await ready({ rate: '3000' })).plan.cells, [{ workload: 'json', ...rate }])
  t.match((await ready({ rate: '3000', connections: '16' })).plan.cells, [
    { workload: 'json', connections: 16 },
    { workload: 'json', ...rate },
  ])
})

t.test('a control is a duplicate of the base in every cell, and no contender', async (t) => {
  const options = { workload: 'json', quick: false, engine: 'built-in', seed: '1', control: true }
  const { contenders, control, plan } = await makeReady(
    ['baseline', 'tuned'],
    parseMeasureOptions(options),
  )
  t.same(
    contenders.map(({ id }) => id),
    ['baseline', 'tuned'],
  )
  t.match(control, { id: 'baseline#control', kind: 'profile', fresh: true })
  const [cell] = plan.blocks[0]?.trials[0]?.cells ?? []
  t.same(cell?.contenders, ['baseline', 'tuned', 'baseline#control'])
  t.equal((await ready({})).control, undefined)
  await t.rejects(makeReady(['http://127.0.0.1:9', 'baseline'], parseMeasureOptions(options)), {
    failure: 'usage',
    code: 'NOT_FRESH',
    message: /^http:\/\/127\.0\.0\.1:9\/? runs already/,
  })
})
