import t from 'tap'
import { type CellPlan, firmBlocks, type Plan } from '../../../bench/plan.ts'
import { createPlan } from '../../../bench/plan/create-plan.ts'
import { connectionsFor } from '../../../bench/plan/pace.ts'
import type { PlanRequest } from '../../../bench/plan/request.ts'
import { samplesNeeded, fewestSamples } from '../../../bench/stats/histogram.ts'

const request = (over: Partial<PlanRequest> = {}): PlanRequest => ({
  contenders: ['baseline', 'tuned'],
  workloads: [{ name: 'json' }],
  connections: [],
  rates: [3_000],
  seed: 7,
  budgetMs: 180_000,
  ...over,
})

const cellsOf = ({ blocks }: Plan): CellPlan[] =>
  blocks.flatMap(({ trials }) => trials.flatMap(({ cells }) => cells))

/** Requests that one arm gets in a block at each rate. */
const samples = ({ paces }: Plan): number[] =>
  paces.map(
    ({ ratePerSecond = 0, rounds, windowMs }) => (2 * rounds * windowMs * ratePerSecond) / 1_000,
  )

await t.test('a rate alone has no closed loop beside it', async (t) => {
  const plan = createPlan(request())
  t.same(plan.cells, [{ workload: 'json', connections: 150, ratePerSecond: 3_000 }])
  t.equal(plan.rounds, 0)
  for (const cell of cellsOf(plan)) {
    t.equal(cell.pace, plan.paces[0])
    t.equal(cell.rounds.length, plan.paces[0]?.rounds)
    t.match(cell, { minRequests: 128, warmup: { connections: 32 } }, 'warmed up as usual')
    for (const round of cell.rounds) t.same(round, round.toReversed())
  }
})

await t.test(
  'the blocks have the answers that p99 asks for, where the budget has room',
  async (t) => {
    const plan = createPlan(request({ rates: [1_000, 3_000, 20_000], budgetMs: 600_000 }))
    t.ok(plan.expectedBlocks >= firmBlocks)
    for (const planned of samples(plan)) {
      t.ok(planned >= fewestSamples(0.99), `${planned} in a block`)
      t.ok(planned * (plan.expectedBlocks - 1) >= samplesNeeded(0.99), 'and without the last one')
    }
    for (const { windowMs, settleMs } of plan.paces) {
      t.ok(windowMs >= 500 && windowMs <= 1_500, `${windowMs}`)
      t.ok(settleMs > 0)
    }
  },
)

await t.test('blocks are not bought with answers that p99 needs', async (t) => {
  const plan = createPlan(request({ rates: [100], budgetMs: 600_000 }))
  t.ok(plan.expectedBlocks >= firmBlocks && plan.expectedBlocks < 24)
  t.ok(samples(plan)[0]! * (firmBlocks - 1) >= samplesNeeded(0.99))
})

await t.test(
  'where it does not fit, fast rates keep their p99 and slow ones get the rest',
  async (t) => {
    const plan = createPlan(request({ rates: [200, 5_000], budgetMs: 120_000 }))
    t.equal(plan.expectedBlocks, 4)
    const [slow = 0, fast = 0] = samples(plan)
    t.ok(4 * fast >= samplesNeeded(0.99))
    t.ok(4 * slow < samplesNeeded(0.99) && 4 * slow >= samplesNeeded(0.5), `${slow}`)
  },
)

await t.test('a rate at which p99 would take for ever does not eat the budget', async (t) => {
  const plan = createPlan(request({ rates: [5], budgetMs: 3_600_000 }))
  const [pace] = plan.paces
  t.ok(2 * (pace?.rounds ?? 0) * (pace?.windowMs ?? 0) <= 20_000)
})

await t.test('every plan with rates fits its budget', async (t) => {
  for (const budgetMs of [40_000, 60_000, 180_000, 3_600_000])
    for (const rates of [[100], [3_000], [100, 1_000, 3_000]])
      for (const connections of [[], [32], [16, 64]]) {
        const workloads = [{ name: 'json' }, ...(budgetMs > 100_000 ? [{ name: 'db' }] : [])]
        const plan = createPlan(request({ budgetMs, rates, connections, workloads }))
        t.ok(plan.totalMs <= budgetMs + 1e-6, `${plan.totalMs} of ${budgetMs} for ${rates.join()}`)
        t.equal(plan.cells.length, workloads.length * (rates.length + connections.length))
      }
})

await t.test('closed loops are planned as ever where there is no rate', async (t) => {
  const closed = { ...request(), connections: [16, 64] }
  const { rates: _, ...without } = closed
  t.same(createPlan(without), createPlan({ ...closed, rates: [] }))
  t.same(createPlan(without).paces, [])
})

await t.test('a pool has room for slow answers, within what a server takes at once', async (t) => {
  t.same([1, 1_000, 3_000, 1_000_000].map(connectionsFor), [64, 64, 150, 500])
})

await t.test('nonsense is refused', async (t) => {
  for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    t.throws(() => createPlan(request({ rates: [rate] })), { code: 'BAD_RATE', failure: 'usage' })
  t.throws(() => createPlan(request({ rates: [] })), { code: 'BAD_CONNECTIONS' })
  t.throws(() => createPlan(request({ budgetMs: 1_000 })), {
    code: 'BUDGET_TOO_SMALL',
    message: /1 operating point need/,
  })
})

await t.test('shares of a capacity are points of their own, after the rates', async (t) => {
  const plan = createPlan(request({ rates: [3_000], shares: [0.3, 0.6], budgetMs: 600_000 }))
  t.match(plan.cells, [
    { connections: 150, ratePerSecond: 3_000 },
    { connections: 500, shareOfCapacity: 0.3 },
    { connections: 500, shareOfCapacity: 0.6 },
  ])
  t.same(
    plan.paces.map(({ ratePerSecond, shareOfCapacity }) => [ratePerSecond, shareOfCapacity]),
    [
      [3_000, undefined],
      [undefined, 0.3],
      [undefined, 0.6],
    ],
  )
  t.ok(plan.totalMs <= plan.budgetMs)
  for (const { shareOfCapacity, pace } of cellsOf(plan))
    t.equal(pace?.shareOfCapacity, shareOfCapacity)
})
