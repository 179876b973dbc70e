import t from 'tap'
import { primaryMetric, usesDatabase } from '../../../bench/expectations.ts'

await t.test('the whole stack is the cost where the database takes part', async (t) => {
  t.equal(primaryMetric({ endpoints: ['json'] }), 'cost')
  t.equal(primaryMetric({ endpoints: ['queries'] }), 'stackCost')
  t.equal(primaryMetric({ endpoints: ['json', 'db'] }), 'stackCost')
  t.equal(usesDatabase({ endpoints: ['plaintext'] }), false)
  t.equal(usesDatabase({ endpoints: ['posts'] }), true)
})

await t.test('workers and pools are judged by capacity, but only by themselves', async (t) => {
  t.equal(primaryMetric({ endpoints: ['db'] }, ['workers', 'database-pool']), 'capacity')
  t.equal(primaryMetric({ endpoints: ['db'] }, ['workers', 'prepared-statements']), 'stackCost')
})
