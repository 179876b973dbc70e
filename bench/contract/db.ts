/** What GET /db owes: one row of `world`, drawn at random. */
import type { EndpointContract } from '../contract.ts'
import { seededWorldRowProblem, worldRowProblem } from './probe/world.ts'

const request = { method: 'GET', path: '/db' } as const

export const contract: EndpointContract = {
  name: 'db',
  mediaType: 'application/json',
  measured: true,
  cases: [
    {
      request,
      expected: '{"id","randomNumber"}, a row of table world',
      check: worldRowProblem,
      drawn: true,
    },
    {
      request,
      expected: '{"id","randomNumber"} as table world holds them',
      check: seededWorldRowProblem,
      seeded: true,
    },
  ],
}
