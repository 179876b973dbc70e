/** Each toggle says before it is measured what it should move, and which metric answers that. */
import t from 'tap'
import { primaryMetric, toggleExpectations, usesDatabase } from '../../bench/expectations.ts'
import { workloadNames } from '../../bench/workloads/by-name.ts'
import { toggleNames } from '../../src/profile/resolve.ts'

t.test('each toggle has an expectation, and each expectation a toggle', async (t) => {
  t.strictSame(Object.keys(toggleExpectations).toSorted(), toggleNames())
})

t.test('an expectation names a workload that moves and one that does not', async (t) => {
  for (const [toggle, { moves, still }] of Object.entries(toggleExpectations)) {
    t.ok(moves.length > 0 && still.length > 0, toggle)
    t.notOk(
      moves.some((name) => still.includes(name)),
      `${toggle}: no workload is in both`,
    )
    const known = workloadNames()
    t.strictSame(
      [...moves, ...still].filter((name) => !known.includes(name)),
      [],
      `${toggle}: every workload exists`,
    )
  }
})

t.test('the metric is cost, of the whole stack where the database takes part', async (t) => {
  t.equal(primaryMetric({ endpoints: ['json'] }), 'cost')
  t.equal(primaryMetric({ endpoints: ['db'] }), 'stackCost')
  t.equal(primaryMetric({ endpoints: ['json', 'db'] }), 'stackCost')
  t.equal(usesDatabase({ endpoints: ['plaintext'] }), false)
  t.equal(usesDatabase({ endpoints: ['posts'] }), true)
  t.equal(primaryMetric({ endpoints: ['json'] }, ['response-schema']), 'cost')
  t.equal(primaryMetric({ endpoints: ['json'] }, ['no-such-toggle']), 'cost')
})

t.test('the metric is capacity where all that differs is cores and pools', async (t) => {
  t.equal(primaryMetric({ endpoints: ['db'] }, ['workers']), 'capacity')
  t.equal(primaryMetric({ endpoints: ['db'] }, ['workers', 'database-pool']), 'capacity')
  t.equal(primaryMetric({ endpoints: ['db'] }, ['workers', 'postgres-js']), 'stackCost')
  t.equal(primaryMetric({ endpoints: ['db'] }, []), 'stackCost')
})
