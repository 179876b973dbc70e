/** Order of execution at shares of each contender's own capacity. */
import t from 'tap'
import type { PacedOrder } from '../../../bench/engine.ts'
import { connectionsFor } from '../../../bench/plan/pace.ts'
import { capacityProbe } from '../../../bench/plan/study.ts'
import { run } from '../../../bench/runner.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

t.test('every arm has its own capacity taken, then runs at its share of that', async (t) => {
  const orders: PacedOrder[] = []
  const closed: string[] = []
  const { parts, plan, recorded, studied } = fakeRun({
    plan: {
      workloads: [{ name: 'json' }],
      connections: [],
      rates: [],
      shares: [0.4],
      budgetMs: 120_000,
    },
    onWindow: (order) => {
      if ('ratePerSecond' in order) orders.push(order)
      else if (order.durationMs === capacityProbe.windowMs) closed.push(order.arm)
    },
  })
  await run(parts)
  t.same(closed.slice(0, 4), ['a', 'b', 'b', 'a'], 'in mirrored order')
  t.equal(studied[0]?.capacities.length, 2)
  for (const { perSecond, connections, shareOfCapacity } of studied[0]?.capacities ?? [])
    // 100 answers in 80 ms.
    t.same(
      { perSecond, connections, shareOfCapacity },
      { perSecond: 1_250, connections: 32, shareOfCapacity: 0.4 },
    )
  for (const { ratePerSecond, connections } of orders)
    t.same({ ratePerSecond, connections }, { ratePerSecond: 500, connections: connectionsFor(500) })
  const [pace] = plan.paces
  t.equal(recorded[0]?.length, 4 * (pace?.rounds ?? 0))
  for (const window of recorded.flat()) {
    t.match(window, { connections: 500, shareOfCapacity: 0.4, paced: { ratePerSecond: 500 } })
    t.equal(window.ratePerSecond, undefined, 'which no other contender shares')
  }
})

t.test('fixed rates need no capacity', async (t) => {
  const { parts, studied, recorded } = fakeRun({
    plan: { workloads: [{ name: 'json' }], connections: [], rates: [500], budgetMs: 120_000 },
  })
  await run(parts)
  t.same(studied[0]?.capacities, [])
  t.ok(recorded.flat().every(({ paced }) => paced?.ratePerSecond === undefined))
})
