/** What the pages read from a run is what the run holds, between any of its contenders. */
import t from 'tap'
import type { Figure, Found, Quantity } from '../../../bench/quantity.ts'
import { measureQuantity } from '../../../bench/quantities/measure.ts'
import { fakePacedResult } from '../report/fixtures/fake-paced-result.ts'
import { capacityOf, measuredAs, pageResult } from './fixtures/page-result.ts'

const measured = measuredAs(pageResult())

const figureOf = (found: Found): Figure => {
  if ('figure' in found) return found.figure
  throw new Error(`no figure: ${JSON.stringify(found)}`)
}

const find = (quantity: Quantity): Figure => figureOf(measureQuantity(quantity, measured))

const near = (value: number | undefined, wanted: number, within = 1e-6): boolean =>
  value !== undefined && Math.abs(value - wanted) < within * Math.max(1, wanted)

t.test('a ratio of any two contenders', async (t) => {
  const toFirst = find(capacityOf('express:default', 'fastapi:default'))
  t.ok(near(toFirst.value, 3), 'to the base of the run')
  t.ok(near(toFirst.low, 3) && near(toFirst.high, 3), 'without spread there is no doubt')
  t.same(toFirst.notes, ['indicative'], 'four blocks')

  const toOther = find(capacityOf('gin:default', 'express:default'))
  // Mean of the logarithms of 1.02, 1, 0.98 and 1: -0.0001.
  t.ok(near(toOther.value, (4 / 3) * Math.exp(-0.0001), 1e-5), `${toOther.value}`)
  // sd 0.016331 / 2, times t(0.975, 3) = 3.18245: 0.025986
  t.ok(near(Math.log((toOther.high ?? 0) / toOther.value), 0.025986, 1e-5), `${toOther.high}`)
  const back = find(capacityOf('express:default', 'gin:default'))
  t.ok(near(back.value * toOther.value, 1), 'turned over')
  t.ok(near((back.low ?? 0) * (toOther.high ?? 0), 1))
})

t.test('what a run cannot say is not measured', async (t) => {
  const ask = (quantity: Quantity, from = measured) => measureQuantity(quantity, from)
  const ratio = capacityOf('gin:default', 'express:default')
  t.match(ask(ratio, {}), { notMeasured: 'not measured yet' })
  t.match(ask(capacityOf('nest:default', 'express:default')), {
    notMeasured: 'the run has no number for nest:default against express:default on json',
  })
  t.match(ask(capacityOf('gin:default', 'nest:default')), { notMeasured: /no number/ })
  t.match(ask({ ...ratio, workload: 'db' }), { notMeasured: /no number/ })
  t.match(ask({ ...ratio, point: { connections: 100 } }), { notMeasured: /no number/ })
  t.match(ask(ratio, measuredAs({ ...pageResult(), state: 'invalid' })), {
    notMeasured: 'bench/results/published/x.json is invalid',
  })
  t.match(ask({ kind: 'pending', reason: 'not built' }), { notMeasured: 'not built' })
})

t.test('a generator that was the limit bounds a ratio', async (t) => {
  const result = pageResult()
  const windows = result.windows.map((window) =>
    window.contender === 'gin:default'
      ? { ...window, generatorCpuNs: 0.95 * window.elapsedNs }
      : window,
  )
  const held = measuredAs(pageResult({ windows }))
  const figure = figureOf(measureQuantity(capacityOf('gin:default', 'express:default'), held))
  t.equal(figure.bound, 'at-least')
})

t.test('a gap that narrows', async (t) => {
  const narrowing = find({
    kind: 'narrowing',
    from: capacityOf('express:default', 'fastapi:default'),
    to: capacityOf('express:default', 'fastapi:default', 'queries'),
  })
  t.ok(near(narrowing.value, 2 / 3), 'from 3 times to 2 times')

  const noisy = find({
    kind: 'narrowing',
    from: capacityOf('gin:default', 'fastapi:default'),
    to: capacityOf('gin:default', 'fastapi:default', 'queries'),
  })
  t.ok(near(noisy.value, 2.5 / 4), 'from 4 times to 2.5 times')
  // Both have se 0.016331 / 2; Welch has 6 degrees of freedom: 0.0115478 x 2.44691.
  t.ok(near(Math.log((noisy.high ?? 0) / noisy.value), 0.028256, 1e-4), `${noisy.high}`)

  t.match(
    measureQuantity(
      {
        kind: 'narrowing',
        from: capacityOf('fastapi:default', 'gin:default'),
        to: capacityOf('fastapi:default', 'gin:default', 'queries'),
      },
      measured,
    ),
    { meaningless: /no gap on json to start from/ },
    'where the contender is behind there is none to narrow',
  )
})

t.test('the share of a gap between peers', async (t) => {
  const shared = {
    kind: 'share of gap',
    run: 'claims-defaults',
    workload: 'json',
    metric: 'capacity',
    base: 'fastapi:default',
    contender: 'fastapi:tuned',
  } as const
  // ln 2 / ln 3
  t.ok(near(find({ ...shared, peer: 'express:default' }).value, 0.63093, 1e-4))
  t.match(
    measureQuantity(
      { ...shared, base: 'express:default', contender: 'gin:default', peer: 'fastapi:tuned' },
      measured,
    ),
    { meaningless: 'express:default is ahead of fastapi:tuned on json, so there is no gap' },
  )
  t.match(measureQuantity({ ...shared, peer: 'nest:default' }, measured), {
    notMeasured: /no number/,
  })
})

t.test('the cost of one contender', async (t) => {
  const cost = {
    kind: 'cost',
    run: 'claims-defaults',
    workload: 'json',
    metric: 'cost',
    contender: 'fastapi:default',
  } as const
  t.ok(near(find(cost).value, 100_000), '10,000 requests in a second')
  t.match(measureQuantity({ ...cost, contender: 'nest:default' }, measured), {
    notMeasured: /no number/,
  })
})

const block = (index: number, contender: string, startMs: number, restBytes: number) => ({
  start: {
    block: index,
    workload: 'json',
    contender,
    readyMs: startMs,
    memoryBytes: 2 * restBytes,
    unknown: {},
  },
  stand: {
    block: index,
    workload: 'json',
    contender,
    idle: { connections: 2_000, withoutBytes: restBytes, withBytes: restBytes + 2_000 * 5_000 },
    unknown: {},
  },
})

t.test('what a contender needs besides time', async (t) => {
  const blocks = [0, 1].flatMap((index) => [
    block(index, 'fastapi:default', index === 0 ? 400 : 900, 60e6),
    block(index, 'express:default', index === 0 ? 100 : 100, 50e6),
  ])
  const footprint = {
    starts: blocks.map(({ start }) => start),
    stands: blocks.map(({ stand }) => stand),
    installs: [
      { contender: 'fastapi:default', bytes: 90e6, detail: 'x' },
      { contender: 'express:default', bytes: 30e6, detail: 'x' },
      { contender: 'gin:default', detail: 'why not' },
    ],
  }
  const from = measuredAs(pageResult({ footprint }))
  const ask = (measure: Extract<Quantity, { kind: 'footprint' }>['measure'], base?: string) =>
    measureQuantity(
      {
        kind: 'footprint',
        run: 'claims-footprint',
        measure,
        contender: 'fastapi:default',
        ...(base === undefined ? {} : { base }),
      },
      from,
    )
  const value = (...args: Parameters<typeof ask>): number => figureOf(ask(...args)).value
  t.equal(value('startTime'), 650, 'mean of the blocks')
  t.ok(near(value('startTime', 'express:default'), 6), 'geometric: the root of 4 x 9')
  t.equal(value('memoryAtRest'), 60e6)
  t.equal(value('memory'), 120e6, 'after the load')
  t.equal(value('idleConnection'), 5_000)
  t.equal(value('memoryConnected'), 60e6 + 10_000 * 5_000, '10,000 connections')
  t.ok(near(value('memoryConnected', 'express:default'), 1.1), '110 MB / 100 MB')
  t.match(
    ask('install'),
    { figure: { value: 90e6, low: 90e6, high: 90e6 } },
    'a count has no width',
  )
  const onDisk = figureOf(ask('install', 'express:default'))
  t.ok(near(onDisk.value, 3) && onDisk.low === onDisk.high, 'nor has its ratio')
  t.match(ask('install', 'gin:default'), { notMeasured: 'the run does not know it of gin:default' })
  t.match(ask('startTime', 'gin:default'), { notMeasured: /of gin:default/ })
  const without = measureQuantity(
    { kind: 'footprint', run: 'claims-footprint', measure: 'install', contender: 'gin:default' },
    measured,
  )
  t.match(without, { notMeasured: 'the run does not know it of anybody' })
})

t.test('where the base moved against its own duplicate nothing is bounded', async (t) => {
  const result = pageResult()
  const comparisons = result.comparisons.map((each) => ({ ...each, controlMoved: true as const }))
  const moved = measureQuantity(
    capacityOf('gin:default', 'fastapi:default'),
    measuredAs({ ...result, comparisons }),
  )
  t.match(moved, { figure: { bound: 'unknown', notes: ['indicative', 'control moved'] } })
})

t.test('latency is read at the rate of its run', async (t) => {
  const result = fakePacedResult()
  const latency: Quantity = {
    ...capacityOf('tuned', 'baseline'),
    metric: 'latencyP50',
  }
  const figure = figureOf(measureQuantity(latency, measuredAs(result)))
  t.ok(
    near(figure.value, 0.75, 0.02),
    `300 µs / 400 µs, in steps of the histogram: ${figure.value}`,
  )
  t.match(
    measureQuantity({ ...latency, contender: 'express:default' }, measuredAs(result)),
    { notMeasured: /no number/ },
    'one that did not hold the rate has none',
  )
})
