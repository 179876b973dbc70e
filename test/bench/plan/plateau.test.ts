/** How many rounds at twice the connections, and where. */
import t from 'tap'
import { benchDefaults } from '../../../bench/plan.ts'
import { createPlan } from '../../../bench/plan/create-plan.ts'
import { divideRounds, plateauPlaces } from '../../../bench/plan/plateau.ts'

const time = { warmupMs: 2_000, roundMs: 162 }

t.test('about a twentieth of the time of a cell, one round at least where four fit', async (t) => {
  t.same(divideRounds(3, time), { rounds: 3, plateau: 0 })
  t.same(divideRounds(4, time), { rounds: 3, plateau: 1 })
  // 5 % of 12.3 + 7 rounds
  t.same(divideRounds(7, time), { rounds: 6, plateau: 1 })
  // 5 % of 24.7 + 44 rounds
  t.same(divideRounds(44, { ...time, warmupMs: 4_000 }), { rounds: 41, plateau: 3 })
})

t.test('they are spread evenly, never after the last', async (t) => {
  t.same(plateauPlaces(6, 1), [0])
  t.same(plateauPlaces(41, 3), [0, 13, 26])
  t.same(plateauPlaces(3, 0), [])
})

t.test('every closed cell of a usual plan has them, cells at a rate have none', async (t) => {
  const plan = createPlan({
    contenders: ['a', 'b'],
    workloads: [{ name: 'json' }],
    connections: benchDefaults.connections,
    rates: [1_000],
    seed: 7,
    budgetMs: 600_000,
  })
  for (const { plateau, pace, contenders } of plan.blocks.flatMap((b) =>
    b.trials.flatMap((t) => t.cells),
  )) {
    t.equal(plateau === undefined, pace !== undefined)
    if (plateau === undefined) continue
    t.match(plateau, { connections: 64, minRequests: 256 })
    for (const { arms } of plateau.rounds) {
      t.same(arms, arms.toReversed())
      t.same([...new Set(arms)].toSorted(), [...contenders].toSorted())
    }
  }
})
