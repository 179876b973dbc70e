/** The realistic request: token, body, three services, a transaction, a line in the journal. Mounted at /checkout. */
import express from 'express'
import createError from 'http-errors'
import { checkBody } from '../body.js'
import { basket, pricesAnswer, shippingAnswer, stockAnswer } from '../schemas.js'
import { askWith, badGateway } from '../upstream.js'

function totalOf(items, prices, shippingCents) {
  let total = shippingCents
  for (const { sku, quantity } of items) {
    // An own key: every object has something under `constructor`, which is a good sku.
    if (!Object.hasOwn(prices, sku)) throw badGateway('/prices')
    total += prices[sku] * quantity
  }
  return total
}

export function checkoutRoutes(parts) {
  const { routing, readBody, compileCheck, authenticate, database, upstream, journal } = parts
  const router = express.Router(routing)
  const askPrices = askWith(upstream, compileCheck(pricesAnswer))
  const askStock = askWith(upstream, compileCheck(stockAnswer))
  const askShipping = askWith(upstream, compileCheck(shippingAnswer))

  router.post('/', authenticate, readBody, checkBody(compileCheck(basket)), async (req, res) => {
    const startMs = performance.now()
    const { userId } = req
    const { items } = req.body
    const skus = items.map(({ sku }) => sku).join(',')
    const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
    const [{ prices }, { available }, { cents }] = await Promise.all([
      askPrices(`/prices?skus=${skus}`),
      askStock(`/stock?skus=${skus}`),
      askShipping(`/shipping?items=${pieces}`),
    ])
    if (!available) throw createError(409, 'not all of it is in stock')
    const totalCents = totalOf(items, prices, cents)
    const order = await database.createOrder(userId, totalCents)
    if (order === undefined) throw createError(403, 'no such user')
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
    res.status(201).json({ orderId, userId, totalCents, createdAt })
  })

  return router
}
