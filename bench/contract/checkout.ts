/** What POST /checkout owes: a token first, then the body, then the services, then the order in the database. */
import type { Case, EndpointContract, Scenario, Stage } from '../contract.ts'
import type { Item } from '../data/basket.ts'
import { signToken } from '../data/token.ts'
import { faultSkus, soldOutSku } from '../data/upstream.ts'
import { badBodies } from './probe/bodies.ts'
import { forgedHeaders, forgedTokens } from './probe/forged-tokens.ts'
import {
  asUser,
  checkoutOf,
  type OrderAnswer,
  orderProblem,
  withAuthorization,
} from './probe/orders.ts'
import { blame, documentProblem, refusal } from './probe/problem.ts'

/** One of the seeded users; the orders of this one are the contract's. */
const userId = 997
/** A user who could be, and is not. */
const nobody = 2_000_000_000

const items: readonly Item[] = [
  { sku: 'a', quantity: 2 },
  { sku: 'blue-lamp-2', quantity: 1 },
]
const order = (some: readonly Item[]) => asUser(checkoutOf({ items: some }), userId)
const single = (sku: string): readonly Item[] => [{ sku, quantity: 1 }]
const many = (count: number, quantity = 1): readonly Item[] =>
  Array.from({ length: count }, (_, index) => ({ sku: `sku-${index}`, quantity }))

const taken = (some: readonly Item[]): Case => ({
  request: order(some),
  expected: 'the order with what it costs',
  statuses: [201],
  mediaType: 'application/json',
  check: (body) => orderProblem(body, userId, some),
})

const bad = (body: unknown, ...fields: string[]): Case =>
  blame(asUser(checkoutOf(body), userId), fields)
const badItem = (item: unknown, field: string): Case =>
  bad({ items: [items[0], item] }, `items.1.${field}`)

const invalid: readonly Case[] = [
  bad({}, 'items'),
  bad({ items: [] }, 'items'),
  bad({ items: many(21) }, 'items'),
  bad({ items: 'a' }, 'items'),
  bad({ items: null }, 'items'),
  bad({ items: { 0: items[0] } }, 'items'),
  badItem({ sku: 'a' }, 'quantity'),
  badItem({ quantity: 1 }, 'sku'),
  badItem({ sku: 'a', quantity: 0 }, 'quantity'),
  badItem({ sku: 'a', quantity: -1 }, 'quantity'),
  badItem({ sku: 'a', quantity: 100 }, 'quantity'),
  badItem({ sku: 'a', quantity: 1.5 }, 'quantity'),
  badItem({ sku: 'a', quantity: '1' }, 'quantity'),
  badItem({ sku: 'a', quantity: null }, 'quantity'),
  badItem({ sku: 'a', quantity: 1e30 }, 'quantity'),
  badItem({ sku: '', quantity: 1 }, 'sku'),
  badItem({ sku: 'a'.repeat(41), quantity: 1 }, 'sku'),
  badItem({ sku: 'A', quantity: 1 }, 'sku'),
  badItem({ sku: 'a,b', quantity: 1 }, 'sku'),
  badItem({ sku: 'a&items=1', quantity: 1 }, 'sku'),
  badItem({ sku: '../stock', quantity: 1 }, 'sku'),
  badItem({ sku: 'a\n', quantity: 1 }, 'sku'),
  badItem({ sku: 'a\0', quantity: 1 }, 'sku'),
  badItem({ sku: 7, quantity: 1 }, 'sku'),
  badItem({ sku: 'a', quantity: 1, price: 1 }, 'price'),
]

const without = checkoutOf({ items })
const strangers: readonly Case[] = [
  refusal(without, 401),
  // The token comes before the body.
  refusal(checkoutOf({ items: [] }), 401),
]

/** Requests that are refused after the body was found right. */
const refused: readonly Case[] = [
  refusal(asUser(without, nobody), 403),
  refusal(order(single(soldOutSku)), 409),
  refusal(order([...items, ...single(soldOutSku)]), 409),
  refusal(order(single(faultSkus.error)), 502),
  refusal(order(single(faultSkus.garbage)), 502),
  refusal(order(single(faultSkus.reset)), 502),
  // The server waits a second for an answer that does not come.
  { ...refusal(order(single(faultSkus.hang)), 504), slow: true },
]

const ordersOf = 'SELECT count(*)::int AS count FROM orders WHERE user_id = ANY($1)'
const users = [userId, nobody]

async function countOrders({ sql }: Stage): Promise<number | undefined> {
  const [row] = (await sql?.<{ count: number }>(ordersOf, [users])) ?? []
  return row?.count
}

const challenge: Scenario = {
  title: 'a refusal for want of a token says which scheme is asked for',
  run: async ({ askFor, problem }) => {
    const { headers } = await askFor([401], without)
    const found = String(headers['www-authenticate'])
    if (!/^bearer\b/i.test(found)) problem(without, 'WWW-Authenticate: Bearer', found)
  },
}

const forged: Scenario = {
  title: 'no token is taken that is forged, malformed or out of its time',
  run: async ({ ask, problem }) => {
    const sub = String(userId)
    const tokens = Object.entries(forgedTokens(sub)).map(([what, token]) => [
      what,
      `Bearer ${token}`,
    ])
    const headers = Object.entries(forgedHeaders(signToken({ sub })))
    for (const [what = '', header = ''] of [...tokens, ...headers]) {
      const request = withAuthorization(without, header)
      const { status, body } = await ask(request)
      const wrong = status === 401 ? documentProblem(body, [401]) : `status ${status}`
      if (wrong !== undefined) problem(request, `a problem document of 401 for ${what}`, wrong)
    }
  },
}

const kept: Scenario = {
  title: 'the order in the database is the one that was answered',
  run: async ({ askFor, problem, sql }) => {
    const request = order(items)
    const { status, body } = await askFor([201], request)
    const wrong = status === 201 ? orderProblem(body, userId, items) : undefined
    if (wrong !== undefined) problem(request, 'the order with what it costs', wrong)
    if (status !== 201 || wrong !== undefined || sql === undefined) return
    const { orderId, totalCents, createdAt } = JSON.parse(body) as OrderAnswer
    const rows = await sql<{ user_id: number; total_cents: number; created_at: Date }>(
      'SELECT user_id, total_cents, created_at FROM orders WHERE id = $1',
      [orderId],
    )
    const [row] = rows
    const same =
      row?.user_id === userId &&
      row.total_cents === totalCents &&
      row.created_at.getTime() === Date.parse(createdAt)
    if (!same)
      problem(request, `order ${orderId} in the database as answered`, JSON.stringify(rows))
  },
}

const untouched: Scenario = {
  title: 'a refused order leaves nothing in the database, and the next one is taken',
  run: async (stage) => {
    const before = await countOrders(stage)
    for (const { request, statuses = [], slow = false } of refused)
      if (!slow) await stage.askFor(statuses, request)
    const after = await countOrders(stage)
    if (after !== before)
      stage.problem(order(items), `${before} orders as before the refused ones`, String(after))
    await stage.askFor([201], order(items))
    // What the contract ordered goes again.
    await stage.sql?.('DELETE FROM orders WHERE user_id = ANY($1)', [users])
  },
}

export const contract: EndpointContract = {
  name: 'checkout',
  measured: true,
  cases: [
    taken(items),
    taken(single('a')),
    taken(many(20, 99)),
    taken([...items, ...items]),
    taken([...single('constructor'), ...single('--'), ...single('0')]),
    ...strangers,
    ...invalid,
    ...badBodies('POST', '/checkout', { items }).map((one) => ({
      ...one,
      request: asUser(one.request, userId),
    })),
    ...refused,
  ],
  scenarios: [challenge, forged, kept, untouched],
  probe: { request: checkoutOf({}), status: 401, after: 'fanout' },
}
