/** Orders of many users at once: each gets its own answer, and the database holds what was answered. */
import { isDeepStrictEqual } from 'node:util'
import type { Test } from 'tap'
import { Agent } from 'undici'
import type { OrderAnswer } from '../../bench/contract/probe/orders.ts'
import { openDatabase } from '../../bench/contract/probe/stage.ts'
import type { Ask } from '../../bench/workload.ts'
import { workload } from '../../bench/workloads/checkout.ts'

const orders = 60

async function take(agent: Agent, { origin }: URL, { request, expect }: Ask) {
  const { statusCode, body } = await agent.request({ origin, ...request })
  const text = await body.text()
  const problem = statusCode === expect.status ? expect.check?.(text) : `${statusCode} ${text}`
  return { problem, text }
}

/** Every order goes to the user whose token was sent, at the price of what this one asked for. */
export async function checkOrders(t: Test, url: URL, databaseUrl: string): Promise<void> {
  const agent = new Agent({ connections: orders, pipelining: 1 })
  const asks = workload.steps(1).slice(0, orders) as readonly Ask[]
  const answers = await Promise.all(asks.map((ask) => take(agent, url, ask)))
  await agent.close()
  const problems = answers.flatMap(({ problem }) => problem ?? [])
  t.strictSame(problems, [], `${orders} orders at once are answered with what they cost`)
  if (problems.length > 0) return

  const answered = answers.map(({ text }) => {
    const { orderId, userId, totalCents, createdAt } = JSON.parse(text) as OrderAnswer
    return { orderId, userId, totalCents, createdAtMs: Date.parse(createdAt) }
  })
  await using database = await openDatabase(databaseUrl)
  const kept = await database.sql(
    `SELECT id AS "orderId", user_id AS "userId", total_cents AS "totalCents",
       (extract(epoch FROM created_at) * 1000)::float AS "createdAtMs"
     FROM orders WHERE id = ANY($1) ORDER BY id`,
    [answered.map(({ orderId }) => orderId)],
  )
  const sorted = answered.toSorted((a, b) => a.orderId - b.orderId)
  t.ok(isDeepStrictEqual(kept, sorted), 'the database holds each order as it was answered')
}
