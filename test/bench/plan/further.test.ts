/** How many rounds a noisy machine may add to a block. */
import t from 'tap'
import { createPlan } from '../../../bench/plan/create-plan.ts'
import { furtherRounds } from '../../../bench/plan/further.ts'

t.test('they take the time of a third of the blocks that fit', async (t) => {
  // Nine blocks of 10 s: six are kept, each of 15 s, so that 5 s are left for rounds of half a second.
  const room = { budgetMs: 90_000, blocks: 9, blockMs: 10_000, roundMs: 500 }
  t.equal(furtherRounds(room), 10)
})

t.test('eight blocks are enough, four are kept, and without time there are none', async (t) => {
  t.equal(furtherRounds({ budgetMs: 240_000, blocks: 24, blockMs: 10_000, roundMs: 500 }), 40)
  t.equal(furtherRounds({ budgetMs: 60_000, blocks: 5, blockMs: 12_000, roundMs: 500 }), 6)
  t.equal(furtherRounds({ budgetMs: 48_000, blocks: 4, blockMs: 12_000, roundMs: 500 }), 0)
  t.equal(furtherRounds({ budgetMs: 20_000, blocks: 2, blockMs: 10_000, roundMs: 500 }), 0)
  t.equal(furtherRounds({ budgetMs: 90_000, blocks: 9, blockMs: 10_000, roundMs: 0 }), 0)
})

const request = {
  contenders: ['a', 'b'],
  workloads: [{ name: 'json' }],
  connections: [32],
  seed: 7,
  budgetMs: 60_000,
}

t.test('a plan has them where its blocks are as many as fit, and no other', async (t) => {
  const plan = createPlan(request)
  t.ok(plan.mostRounds > plan.rounds)
  for (const { cells } of plan.blocks.flatMap(({ trials }) => trials))
    for (const { further, rounds, limitMs } of cells) {
      t.equal(further?.rounds.length, plan.mostRounds - rounds.length)
      t.ok((further?.limitMs ?? 0) > limitMs)
    }
  for (const fixed of [{ blocks: 9 }, { quick: true }]) {
    const { rounds, mostRounds, blocks } = createPlan({ ...request, ...fixed })
    t.equal(mostRounds, rounds)
    t.ok(blocks.every(({ trials }) => trials.every(({ cells }) => cells.every((c) => !c.further))))
  }
})

t.test('cells at a rate have none', async (t) => {
  const plan = createPlan({ ...request, rates: [1_000], budgetMs: 600_000 })
  for (const { pace, further } of plan.blocks.flatMap((b) => b.trials.flatMap((t) => t.cells)))
    t.ok(pace === undefined || further === undefined)
})
