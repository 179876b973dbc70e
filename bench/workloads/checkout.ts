/** POST /checkout: baskets of a hundred users, drawn by the seed. */
import { asUser, checkoutOf, orderProblem } from '../contract/probe/orders.ts'
import { picker } from '../data/picker.ts'
import type { Workload } from '../workload.ts'

const users = 100
/** Ten for each user, so that a token comes again and again, as it does in a shop. */
const baskets = 1000
const skus = 500
const mostItems = 5
const mostPieces = 9

export const workload: Workload = {
  name: 'checkout',
  summary: `POST /checkout: a token, a basket of up to ${mostItems} items, three downstream services, a transaction and a line in the journal.`,
  endpoints: ['checkout'],
  bottleneck: 'server',
  writes: true,
  truth: [{ table: 'orders', counter: 'inserted', perRequest: 1 }],
  steps: (seed) => {
    const random = picker(seed)
    return Array.from({ length: baskets }, (_, index) => {
      const userId = 1 + (index % users)
      const items = Array.from({ length: 1 + random.below(mostItems) }, () => ({
        sku: `sku-${random.below(skus)}`,
        quantity: 1 + random.below(mostPieces),
      }))
      return {
        request: asUser(checkoutOf({ items }), userId),
        expect: { status: 201, check: (body) => orderProblem(body, userId, items) },
      }
    })
  },
}
