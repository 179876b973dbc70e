import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { basketCents, type Item } from '../../../bench/data/basket.ts'
import { jwtSecret } from '../../../bench/data/token.ts'
import { fanoutParts, priceCents, shippingCents } from '../../../bench/data/upstream.ts'
import type { Ask } from '../../../bench/workload.ts'
import { workload as checkout } from '../../../bench/workloads/checkout.ts'
import { workload as fanout } from '../../../bench/workloads/fanout.ts'
import { makeFastJwt } from '../../../src/auth/fast-jwt.ts'
import { BasketSchema } from '../../../src/checkout.ts'

const asks = checkout.steps(1) as readonly Ask[]
const basketOf = ({ request: { body = '' } }: Ask): { items: Item[] } =>
  JSON.parse(body) as { items: Item[] }

t.test('a basket costs its pieces and sending them', async (t) => {
  t.equal(
    basketCents([
      { sku: 'a', quantity: 2 },
      { sku: 'b', quantity: 1 },
    ]),
    2 * priceCents('a') + priceCents('b') + shippingCents(3),
  )
})

t.test('checkout sends right baskets of seeded users with good tokens', async (t) => {
  const authenticate = makeFastJwt(jwtSecret)
  const users = asks.map(({ request }) => authenticate(request.headers?.['authorization'])?.userId)
  t.equal(new Set(users).size, 100)
  t.ok(users.every((user) => user !== undefined && user >= 1 && user <= 100))
  t.ok(asks.every((ask) => Value.Check(BasketSchema, basketOf(ask))))
  t.ok(new Set(asks.map(({ request }) => request.body)).size > 500, 'ever others')
  t.notSame(checkout.steps(2), asks, 'another seed draws others')
})

t.test('checkout takes the order that was asked for and nothing else', async (t) => {
  const [ask] = asks
  const check = ask?.expect.check
  if (ask === undefined || check === undefined) throw new Error('no check')
  const order = {
    orderId: 1,
    userId: 1,
    totalCents: basketCents(basketOf(ask).items),
    createdAt: '2025-06-01T00:00:00.000Z',
  }
  t.equal(check(JSON.stringify(order)), undefined)
  t.equal(check(JSON.stringify({ ...order, createdAt: '2025-06-01T02:00:00+02:00' })), undefined)
  t.match(check(JSON.stringify({ ...order, totalCents: 1 })), /totalCents 1 for/)
  t.match(check(JSON.stringify({ ...order, userId: 2 })), /userId 2 for 1/)
  t.match(check(JSON.stringify({ ...order, orderId: 0 })), /orderId 0/)
  t.match(check(JSON.stringify({ ...order, orderId: '1' })), /orderId "1"/)
  t.match(check(JSON.stringify({ ...order, createdAt: 'now' })), /no RFC 3339/)
  t.match(check(JSON.stringify({ ...order, extra: 1 })), /extra/)
  t.match(check('{}'), /no key/)
  t.match(check('[]'), /no object/)
  t.match(check('<html>'), /no JSON/)
})

t.test('fanout takes the three answers in any order and nothing else', async (t) => {
  const [ask] = fanout.steps(1) as readonly Ask[]
  const check = ask?.expect.check
  if (check === undefined) throw new Error('no check')
  const { profile, orders, offers } = fanoutParts
  t.equal(check(JSON.stringify({ offers, profile, orders })), undefined)
  t.match(check(JSON.stringify({ profile, orders })), /profile/)
  t.match(check(JSON.stringify({ profile, orders, offers, extra: 1 })), /extra/)
  t.match(check(JSON.stringify({ profile, orders, offers: { ids: [11, 13, 12] } })), /13,12/)
  t.match(check('<html>'), /no JSON/)
})
