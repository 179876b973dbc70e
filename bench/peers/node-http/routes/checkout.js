/** The realistic request: token, body, three services, a transaction, a line in the journal. */
import { bodyReader } from '../body.js'
import { Problem, sendJson } from '../respond.js'
import { badGateway } from '../upstream.js'

const int4Max = 2_147_483_647

const readBasket = bodyReader({
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: {
    items: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        required: ['sku', 'quantity'],
        additionalProperties: false,
        properties: {
          sku: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
          quantity: { type: 'integer', minimum: 1, maximum: 99 },
        },
      },
    },
  },
})

/** Answers of services are believed only in the form that was agreed on. */
function agreed(priced, stocked, shipped) {
  const prices = priced?.prices
  if (typeof prices !== 'object' || prices === null) throw badGateway('/prices failed')
  if (typeof stocked?.available !== 'boolean') throw badGateway('/stock failed')
  if (!Number.isInteger(shipped?.cents)) throw badGateway('/shipping failed')
  return { prices, available: stocked.available, cents: shipped.cents }
}

function totalOf(items, prices, shippingCents) {
  let total = shippingCents
  for (const { sku, quantity } of items) {
    // An own key: every object has something under `constructor`, which is a good sku.
    const price = Object.hasOwn(prices, sku) ? prices[sku] : undefined
    if (!Number.isInteger(price)) throw badGateway('/prices left a price out')
    total += price * quantity
  }
  if (total < 0 || total > int4Max) throw badGateway('a service told a price that cannot be')
  return total
}

export const checkoutRoutes = ({ database, upstream, authenticate, journal }) => ({
  'POST /checkout': async ({ req, res }) => {
    const startMs = performance.now()
    const userId = authenticate(req.headers.authorization)
    if (userId === undefined) throw new Problem(401, { headers: { 'WWW-Authenticate': 'Bearer' } })
    const { items } = await readBasket(req)
    const skus = items.map(({ sku }) => sku).join(',')
    const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
    const { prices, available, cents } = agreed(
      ...(await Promise.all([
        upstream.get(`/prices?skus=${skus}`),
        upstream.get(`/stock?skus=${skus}`),
        upstream.get(`/shipping?items=${pieces}`),
      ])),
    )
    if (!available) throw new Problem(409, { detail: 'not all of it is in stock' })
    const totalCents = totalOf(items, prices, cents)
    const order = await database.createOrder(userId, totalCents)
    if (order === undefined) throw new Problem(403, { detail: 'no such user' })
    const { id: orderId, createdAt } = order
    const durationMs = Math.round(performance.now() - startMs)
    journal.info({
      event: 'checkout',
      orderId,
      userId,
      totalCents,
      items: items.length,
      durationMs,
    })
    sendJson(res, { orderId, userId, totalCents, createdAt }, { status: 201 })
  },
})
