/** Orders of many users at once: each gets its own answer, and the database holds what was answered. */
import { isDeepStrictEqual } from 'node:util'
import type { Test } from 'tap'
import type { OrderAnswer } from '../../bench/contract/probe/orders.ts'
import { openDatabase } from '../../bench/contract/probe/stage.ts'
import type { Ask } from '../../bench/workload.ts'
import { workload } from '../../bench/workloads/checkout.ts'
import type { TestClient } from '../helpers/client.ts'

/** On a busy machine the downstream services may be too late for a server's limit; then nothing is ordered. */
const mostTries = 10

/**
 * Every order goes to the user whose token was sent, at the price of what this one asked for.
 * @param orders how many
 * @param atOnce how many of them are under way at the same time
 * @returns looks into the table, in a connection of its own
 */
export async function askForOrders(
  t: Test,
  client: TestClient,
  databaseUrl: string,
  orders: number,
  atOnce: number = orders,
): Promise<() => Promise<void>> {
  const asks = workload.steps(1).slice(0, orders) as readonly Ask[]
  const problems: string[] = []
  const answered: (Omit<OrderAnswer, 'createdAt'> & { createdAtMs: number })[] = []
  const order = async ({ request, expect }: Ask): Promise<void> => {
    let { status, body } = await client.send(request)
    for (let tries = 1; status === 504 && tries < mostTries; tries++)
      ({ status, body } = await client.send(request))
    const problem = status === expect.status ? expect.check?.(body) : `${status} ${body}`
    if (problem !== undefined) {
      problems.push(problem)
      return
    }
    const { orderId, userId, totalCents, createdAt } = JSON.parse(body) as OrderAnswer
    answered.push({ orderId, userId, totalCents, createdAtMs: Date.parse(createdAt) })
  }
  const queue = asks.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const ask of queue) await order(ask)
    }),
  )
  t.strictSame(
    problems,
    [],
    `${orders} orders, ${atOnce} at once, are answered with what they cost`,
  )
  return async () => {
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
}
