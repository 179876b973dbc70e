/** What GET /fanout owes: the answers of the three services, each under its name. */
import { isDeepStrictEqual } from 'node:util'
import type { EndpointContract } from '../contract.ts'
import { fanoutParts } from '../data/upstream.ts'
import { parseJson } from './probe/json.ts'

/** What is wrong with an answer, if anything. */
export function fanoutProblem(body: string): string | undefined {
  const parsed = parseJson(body)
  if ('problem' in parsed) return parsed.problem
  return isDeepStrictEqual(parsed.value, fanoutParts) ? undefined : body.slice(0, 200)
}

export const contract: EndpointContract = {
  name: 'fanout',
  mediaType: 'application/json',
  measured: true,
  cases: [
    {
      request: { method: 'GET', path: '/fanout' },
      expected: 'the answers of /profile, /orders and /offers',
      check: fanoutProblem,
    },
  ],
}
