import t from 'tap'
import { benchDefaults, type CellPlan, type Plan, type Trial } from '../../../bench/plan.ts'
import { createPlan } from '../../../bench/plan/create-plan.ts'
import { mayStartBlock, remainingMs } from '../../../bench/plan/progress.ts'
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

await t.test(
  'the usual run has four blocks in three minutes by the estimate, and more on a quick machine',
  async (t) => {
    const plan = createPlan(usual)
    t.equal(plan.expectedBlocks, 4)
    t.equal(plan.blocks.length, 8, 'spare ones among them')
    t.equal(plan.indicative, false, 'as eight are firm, if there is time for them')
    t.equal(createPlan({ ...usual, quick: true }).blocks.length, 4, 'none when it is to be quick')
    t.ok(plan.totalMs <= 180_000 && plan.totalMs > 160_000, `${plan.totalMs}`)
    t.ok(plan.rounds >= 4)
    t.ok(plan.warmupMs >= 1_500)
    t.same(plan.cells, [
      { workload: 'json', connections: 32 },
      { workload: 'db', connections: 32 },
      { workload: 'queries', connections: 32 },
    ])
  },
)

const cellsOf = ({ blocks }: Plan): CellPlan[] =>
  blocks.flatMap(({ trials }) => trials.flatMap(({ cells }) => cells))

await t.test('every block has a trial of each workload that starts all contenders', async (t) => {
  const plan = createPlan({ ...usual, connections: [16, 64] })
  for (const { trials } of plan.blocks) {
    t.same(trials.map(({ workload }) => workload).toSorted(), ['db', 'json', 'queries'])
    for (const { workload, startOrder, cells } of trials) {
      t.same(startOrder.toSorted(), usual.contenders.toSorted())
      t.same(
        cells.map(({ connections }) => connections).toSorted((a, b) => a - b),
        [16, 64],
      )
      for (const cell of cells) {
        t.equal(cell.workload, workload)
        t.equal(cell.minRequests, 4 * cell.connections)
        const { connections } = cell
        t.same(cell.warmup, { connections, leastRequests: 30_000, mostMs: plan.warmupMs })
      }
    }
  }
})

await t.test('trials, starts and points come in drawn orders', async (t) => {
  const plan = createPlan({ ...usual, connections: [16, 64], budgetMs: 3_600_000 })
  const orders = (of: (trial: Trial) => string): number =>
    new Set(plan.blocks.flatMap(({ trials }) => trials.map(of))).size
  t.equal(new Set(plan.blocks.map((b) => b.trials.map((each) => each.workload).join())).size, 6)
  t.equal(
    orders(({ startOrder }) => startOrder.join()),
    6,
  )
  t.equal(
    orders(({ cells }) => cells.map(({ connections }) => connections).join()),
    2,
  )
})

await t.test('a round is a permutation of all arms followed by its mirror image', async (t) => {
  const orders = new Set<string>()
  for (const { rounds } of cellsOf(createPlan(usual)))
    for (const round of rounds) {
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
  const trial = plan.blocks[0]?.trials.find(({ workload }) => workload === 'posts')
  t.same(trial?.startOrder.toSorted(), ['baseline', 'tuned'], 'the third is not started')
  const [posts] = trial?.cells ?? []
  t.same(posts?.contenders, ['baseline', 'tuned'])
  t.equal(posts?.rounds[0]?.length, 4)
})

await t.test('a larger budget buys blocks, up to 24, and eight are firm', async (t) => {
  const plan = createPlan({ ...usual, budgetMs: 500_000 })
  t.ok(plan.expectedBlocks >= 8)
  t.equal(plan.indicative, false)
  t.equal(createPlan({ ...usual, budgetMs: 36_000_000 }).expectedBlocks, 24)
  t.equal(createPlan({ ...usual, budgetMs: 36_000_000, quick: true }).expectedBlocks, 4)
  t.equal(createPlan({ ...usual, budgetMs: 36_000_000, quick: true }).indicative, true)
})

await t.test('every plan fits its budget', async (t) => {
  for (const budgetMs of [41_000, 44_000, 50_000, 90_000, 200_000, 1_000_000]) {
    const plan = createPlan({ ...usual, budgetMs })
    t.ok(plan.totalMs <= budgetMs, `${plan.totalMs} of ${budgetMs}`)
    t.ok(plan.expectedBlocks >= 2)
  }
})

await t.test('a budget without room for two blocks names the smallest that works', async (t) => {
  for (const budgetMs of [0, -1, 5_000, Number.NaN]) {
    const error = failure({ ...usual, budgetMs })
    t.equal(error.code, 'BUDGET_TOO_SMALL')
    t.equal(error.failure, 'usage')
    t.match(error.message, /--budget 41s/)
  }
  t.equal(createPlan({ ...usual, budgetMs: 41_000 }).expectedBlocks, 2)
})

await t.test('a wanted number of blocks is kept or refused', async (t) => {
  t.equal(createPlan({ ...usual, blocks: 8 }).expectedBlocks, 8)
  t.equal(failure({ ...usual, blocks: 8, budgetMs: 45_000 }).code, 'BUDGET_TOO_SMALL')
  t.equal(failure({ ...usual, blocks: 1 }).code, 'BAD_BLOCKS')
})

await t.test('nonsense is refused by its own code', async (t) => {
  t.equal(failure({ ...usual, contenders: [] }).code, 'NOTHING_TO_MEASURE')
  t.equal(failure({ ...usual, contenders: ['a', 'a'] }).code, 'DUPLICATE_CONTENDER')
  t.equal(failure({ ...usual, connections: [] }).code, 'BAD_CONNECTIONS')
  t.equal(failure({ ...usual, connections: [1.5] }).code, 'BAD_CONNECTIONS')
  t.equal(failure({ ...usual, windowMs: 2_000 }).code, 'BAD_WINDOW')
})

await t.test('the time left follows the blocks so far', async (t) => {
  const plan = createPlan(usual)
  t.equal(remainingMs(plan, { blocksDone: 0, elapsedMs: 0 }), plan.totalMs)
  t.equal(remainingMs(plan, { blocksDone: 1, elapsedMs: 40_000 }), 140_000, 'of the budget')
  t.equal(remainingMs(plan, { blocksDone: 6, elapsedMs: 60_000 }), 20_000, 'two blocks more')
  t.equal(remainingMs(plan, { blocksDone: 8, elapsedMs: 120_000 }), 0)
  const fixed = createPlan({ ...usual, blocks: 4 })
  t.equal(remainingMs(fixed, { blocksDone: 1, elapsedMs: 90_000 }), 270_000, 'whatever it takes')
})

await t.test('slow blocks end a run early, but never before two', async (t) => {
  const plan = createPlan(usual)
  t.equal(mayStartBlock(plan, { blocksDone: 1, elapsedMs: 500_000 }), true)
  t.equal(mayStartBlock(plan, { blocksDone: 2, elapsedMs: 140_000 }), false)
  t.equal(mayStartBlock(plan, { blocksDone: 3, elapsedMs: 135_000 }), true)
  t.equal(mayStartBlock(plan, { blocksDone: 4, elapsedMs: 80_000 }), true, 'there is time for more')
  t.equal(mayStartBlock(plan, { blocksDone: 8, elapsedMs: 80_000 }), false)
  t.equal(mayStartBlock(plan, { blocksDone: 2, elapsedMs: 140_000, lastBlockMs: 30_000 }), true)
  const fixed = createPlan({ ...usual, blocks: 4 })
  t.equal(mayStartBlock(fixed, { blocksDone: 2, elapsedMs: 500_000 }), true, 'so many as asked for')
  t.equal(mayStartBlock(fixed, { blocksDone: 4, elapsedMs: 10_000 }), false)
})
