/** POST /checkout: the realistic request: token, body, three downstream services, a transaction, a line in the journal. */
import { Type } from '@sinclair/typebox'
import {
  BasketSchema,
  piecesOf,
  PricesSchema,
  ShippingSchema,
  StockSchema,
  totalOf,
} from '../checkout.ts'
import { defineEndpoint } from '../endpoint.ts'
import { bodyProblems, ProblemSchema, sendProblem } from '../problem.ts'
import { failedError } from '../upstream.ts'
import { questionFor } from '../upstream/question.ts'

const OrderSchema = Type.Object({
  orderId: Type.Integer(),
  userId: Type.Integer(),
  totalCents: Type.Integer(),
  createdAt: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
})

const askPrices = questionFor(PricesSchema)
const askStock = questionFor(StockSchema)
const askShipping = questionFor(ShippingSchema)

export default defineEndpoint({
  name: 'checkout',
  summary: "Order a basket: asks for prices, stock and shipping, then writes the user's order.",
  method: 'POST',
  url: '/checkout',
  secured: true,
  schema: {
    body: BasketSchema,
    response: {
      201: OrderSchema,
      ...bodyProblems,
      401: ProblemSchema,
      403: ProblemSchema,
      409: ProblemSchema,
      502: ProblemSchema,
      504: ProblemSchema,
    },
  },
  handler:
    ({ upstream, database, journal }) =>
    async (request, reply) => {
      const startMs = performance.now()
      const { userId } = request
      const { items } = request.body
      const skus = items.map(({ sku }) => sku).join(',')
      const [{ prices }, { available }, { cents }] = await Promise.all([
        askPrices(upstream, `/prices?skus=${skus}`),
        askStock(upstream, `/stock?skus=${skus}`),
        askShipping(upstream, `/shipping?items=${piecesOf(items)}`),
      ])
      if (!available) return sendProblem(reply, 409, { detail: 'not all of it is in stock' })
      const totalCents = totalOf(items, prices, cents)
      if (totalCents === undefined) throw failedError('/prices', 'left a price out')

      const order = await database.createOrder(userId, totalCents)
      // The token is good, but whose it is may have gone since.
      if (order === undefined) return sendProblem(reply, 403, { detail: 'no such user' })
      const { id: orderId, createdAt } = order
      const durationMs = Math.round(performance.now() - startMs)
      const size = items.length
      journal.info({ event: 'checkout', orderId, userId, totalCents, items: size, durationMs })
      reply.code(201)
      return { orderId, userId, totalCents, createdAt }
    },
})
