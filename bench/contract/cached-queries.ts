/** What GET /cached-queries?count=N owes: N rows as the table held them when the cache was filled. */
import type { EndpointContract } from '../contract.ts'
import { countCases, seededCase } from './probe/world.ts'

export const contract: EndpointContract = {
  name: 'cached-queries',
  mediaType: 'application/json',
  measured: true,
  cases: [...countCases('/cached-queries', 'count'), seededCase('/cached-queries?count=500', 500)],
}
