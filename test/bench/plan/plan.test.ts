import t from 'tap'
import { benchDefaults, createPlan, mayStartBlock, remainingMs } from '../../../bench/plan.ts'
import type { PlanRequest } from '../../../bench/plan/request.ts'
import { GapwiseError } from '../../../src/errors.ts'

const usual: PlanRequest = {
  contenders: ['baseline', 'tuned', 'express:default'],
  workloads: [{ name: 'json' }, { name: 'db' }, { name: 'queries' }],
  connections: benchDefaults.connections,
  seed: 7,
  budgetMs: benchDefaults.budgetMs,
}

const failure = (request: PlanRequest): GapwiseError => {
  try {
    createPlan(request)
  } catch (error) {
    if (error instanceof GapwiseError) return error
  }
  throw new Error('expected a GapwiseError')
}

await t.test('the usual run is four blocks within two minutes, and indicative', async (t) => {
  const plan = createPlan(usual)
  t.equal(plan.blocks.length, 4)
  t.equal(plan.indicative, true)
  t.ok(plan.totalMs <= 120_000 && plan.totalMs > 100_000, `${plan.totalMs}`)
  t.ok(plan.rounds >= 10)
  t.same(plan.cells, [
    { workload: 'json', connections: 32 },
    { workload: 'db', connections: 32 },
    { workload: 'queries', connections: 32 },
  ])
})

await t.test('every block starts all contenders and visits every cell once', async (t) => {
  const plan = createPlan({ ...usual, connections: [16, 64] })
  for (const block of plan.blocks) {
    t.same(block.startOrder.toSorted(), usual.contenders.toSorted())
    t.equal(new Set(block.cells.map((cell) => `${cell.workload} ${cell.connections}`)).size, 6)
    t.same(
      block.cells.map((cell) => cell.minRequests).toSorted((a, b) => a - b),
      [64, 64, 64, 256, 256, 256],
    )
    for (const pair of [0, 2, 4])
      t.equal(block.cells[pair]?.workload, block.cells[pair + 1]?.workload, 'points stay together')
  }
})

await t.test('a round is a permutation of all arms followed by its mirror image', async (t) => {
  const orders = new Set<string>()
  for (const block of createPlan(usual).blocks)
    for (const cell of block.cells)
      for (const round of cell.rounds) {
        t.same(round, round.toReversed())
        t.same(round.slice(0, 3).toSorted(), usual.contenders.toSorted())
        orders.add(round.join())
      }
  t.equal(orders.size, 6, 'every order of three arms occurs')
})

await t.test('the seed fixes the plan', async (t) => {
  t.same(createPlan(usual), createPlan(usual))
  t.notSame(createPlan(usual).blocks, createPlan({ ...usual, seed: 8 }).blocks)
})

await t.test('a workload is measured for the contenders that offer it', async (t) => {
  const plan = createPlan({
    ...usual,
    workloads: [{ name: 'json' }, { name: 'posts', contenders: ['tuned', 'baseline'] }],
  })
  const posts = plan.blocks[0]?.cells.find((cell) => cell.workload === 'posts')
  t.same(posts?.contenders, ['baseline', 'tuned'])
  t.equal(posts?.rounds[0]?.length, 4)
})

await t.test('what writes comes after what only reads, each half in a drawn order', async (t) => {
  const plan = createPlan({
    ...usual,
    connections: [16, 64],
    budgetMs: 600_000,
    workloads: [
      { name: 'updates', writes: true },
      { name: 'json' },
      { name: 'users-create', writes: true },
      { name: 'db' },
    ],
  })
  const orders = plan.blocks.map(({ cells }) => [...new Set(cells.map((cell) => cell.workload))])
  for (const order of orders) {
    t.same(order.slice(0, 2).toSorted(), ['db', 'json'])
    t.same(order.slice(2).toSorted(), ['updates', 'users-create'])
  }
  t.equal(new Set(orders.map((order) => order.slice(0, 2).join())).size, 2)
  t.equal(new Set(orders.map((order) => order.slice(2).join())).size, 2)
})

await t.test('a larger budget buys blocks, up to 24, and eight are firm', async (t) => {
  const plan = createPlan({ ...usual, budgetMs: 300_000 })
  t.ok(plan.blocks.length >= 8)
  t.equal(plan.indicative, false)
  t.equal(createPlan({ ...usual, budgetMs: 36_000_000 }).blocks.length, 24)
  t.equal(createPlan({ ...usual, budgetMs: 36_000_000, quick: true }).blocks.length, 4)
  t.equal(createPlan({ ...usual, budgetMs: 36_000_000, quick: true }).indicative, true)
})

await t.test('every plan fits its budget', async (t) => {
  for (const budgetMs of [21_000, 24_000, 31_000, 45_000, 90_000, 200_000, 1_000_000]) {
    const plan = createPlan({ ...usual, budgetMs })
    t.ok(plan.totalMs <= budgetMs, `${plan.totalMs} of ${budgetMs}`)
    t.ok(plan.blocks.length >= 2)
  }
})

await t.test('a budget without room for two blocks names the smallest that works', async (t) => {
  for (const budgetMs of [0, -1, 5_000, Number.NaN]) {
    const error = failure({ ...usual, budgetMs })
    t.equal(error.code, 'BUDGET_TOO_SMALL')
    t.equal(error.failure, 'usage')
    t.match(error.message, /--budget 21s/)
  }
  t.equal(createPlan({ ...usual, budgetMs: 21_000 }).blocks.length, 2)
})

await t.test('a wanted number of blocks is kept or refused', async (t) => {
  t.equal(createPlan({ ...usual, blocks: 8 }).blocks.length, 8)
  t.equal(failure({ ...usual, blocks: 8, budgetMs: 25_000 }).code, 'BUDGET_TOO_SMALL')
  t.equal(failure({ ...usual, blocks: 1 }).code, 'BAD_BLOCKS')
})

await t.test('nonsense is refused by its own code', async (t) => {
  t.equal(failure({ ...usual, contenders: [] }).code, 'NOTHING_TO_MEASURE')
  t.equal(failure({ ...usual, contenders: ['a', 'a'] }).code, 'DUPLICATE_CONTENDER')
  t.equal(failure({ ...usual, connections: [] }).code, 'BAD_CONNECTIONS')
  t.equal(failure({ ...usual, connections: [1.5] }).code, 'BAD_CONNECTIONS')
  t.equal(failure({ ...usual, windowMs: 1_000 }).code, 'BAD_WINDOW')
})

await t.test('the time left follows the blocks so far', async (t) => {
  const plan = createPlan(usual)
  t.equal(remainingMs(plan, { blocksDone: 0, elapsedMs: 0 }), plan.totalMs)
  t.equal(remainingMs(plan, { blocksDone: 1, elapsedMs: 40_000 }), 120_000)
  t.equal(remainingMs(plan, { blocksDone: 4, elapsedMs: 120_000 }), 0)
})

await t.test('slow blocks end a run early, but never before two', async (t) => {
  const plan = createPlan(usual)
  t.equal(mayStartBlock(plan, { blocksDone: 1, elapsedMs: 500_000 }), true)
  t.equal(mayStartBlock(plan, { blocksDone: 2, elapsedMs: 100_000 }), false)
  t.equal(mayStartBlock(plan, { blocksDone: 3, elapsedMs: 90_000 }), true)
  t.equal(mayStartBlock(plan, { blocksDone: 4, elapsedMs: 10_000 }), false)
  t.equal(mayStartBlock(plan, { blocksDone: 2, elapsedMs: 100_000, lastBlockMs: 30_000 }), true)
})
