/** Visits to links and orders: what one client writes others ask for, and nobody gets another's order. */
import { withJson } from '../../../bench/contract/probe/bodies.ts'
import { asUser, checkoutOf, orderProblem } from '../../../bench/contract/probe/orders.ts'
import type { Visitor } from './found.ts'
import { writtenUsers } from './user-visits.ts'

/** Users that nobody deletes. */
const orderingUsers = 100

export interface OtherVisits {
  readonly createLink: () => Promise<void>
  readonly followLink: () => Promise<void>
  readonly order: () => Promise<void>
}

export function otherVisits({ client, found, random, unique, expect }: Visitor): OtherVisits {
  const { links, problems } = found
  return {
    async createLink() {
      const url = `https://example.com/${unique()}`
      const answer = expect('link', [201], await client.send(withJson('POST', '/links', { url })))
      if (answer === undefined) return
      const link = JSON.parse(answer.body) as { code: string; url: string }
      if (link.url !== url) problems.push(`link to ${url}: ${answer.body}`)
      links.push([link.code, url])
    },
    async followLink() {
      const [code, url] = links[random.below(links.length)] ?? []
      if (code === undefined) return
      const answer = expect('follow', [302], await client.ask(`/l/${code}`))
      const location = answer?.headers['location']
      if (answer !== undefined && location !== url) problems.push(`${code}: ${String(location)}`)
    },
    /** On a busy machine the downstream services may be too late; then nothing is ordered. */
    async order() {
      const userId = writtenUsers + 1 + random.below(orderingUsers)
      const items = [{ sku: `sku-${random.below(50)}`, quantity: 1 + random.below(9) }]
      found.ordersTried++
      const sent = await client.send(asUser(checkoutOf({ items }), userId))
      const answer = expect('order', [201, 504], sent)
      if (answer?.status !== 201) return
      found.orders++
      const problem = orderProblem(answer.body, userId, items)
      if (problem !== undefined) problems.push(`order: ${problem}`)
    },
  }
}
