/** GET /fanout: three downstream services, called at once, merged. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'
import { ProblemSchema } from '../problem.ts'
import { questionFor } from '../upstream/question.ts'

const CustomerSchema = Type.Object({ name: Type.String(), tier: Type.String() })
const OrdersSchema = Type.Object({ open: Type.Integer(), last: Type.String() })
const OffersSchema = Type.Object({ ids: Type.Array(Type.Integer()) })

const askProfile = questionFor(CustomerSchema)
const askOrders = questionFor(OrdersSchema)
const askOffers = questionFor(OffersSchema)

export default defineEndpoint({
  name: 'fanout',
  summary: 'The answers of three downstream services, asked at once.',
  method: 'GET',
  url: '/fanout',
  schema: {
    response: {
      200: Type.Object({ profile: CustomerSchema, orders: OrdersSchema, offers: OffersSchema }),
      502: ProblemSchema,
      504: ProblemSchema,
    },
  },
  handler:
    ({ upstream }) =>
    async () => {
      const [{ name, tier }, { open, last }, { ids }] = await Promise.all([
        askProfile(upstream, '/profile'),
        askOrders(upstream, '/orders'),
        askOffers(upstream, '/offers'),
      ])
      // Field by field: what a service says besides is not passed on, however this is serialized.
      return { profile: { name, tier }, orders: { open, last }, offers: { ids } }
    },
})
