/** What GET /queries?queries=N owes: N rows, N clamped to 1…500, bad values meaning 1. */
import type { EndpointContract } from '../contract.ts'
import { countCases, seededCase } from './probe/world.ts'

export const contract: EndpointContract = {
  name: 'queries',
  mediaType: 'application/json',
  measured: true,
  cases: [
    ...countCases('/queries', 'queries'),
    seededCase('/queries?queries=20', 20),
    seededCase('/queries?queries=500', 500),
  ],
}
