/** What GET /fanout owes: the answers of the three services, each under its name, asked at once. */
import { isDeepStrictEqual } from 'node:util'
import type { EndpointContract, Scenario } from '../contract.ts'
import { fanoutParts } from '../data/upstream.ts'
import { parseJson } from './probe/json.ts'

/** What is wrong with an answer, if anything. */
export function fanoutProblem(body: string): string | undefined {
  const parsed = parseJson(body)
  if ('problem' in parsed) return parsed.problem
  return isDeepStrictEqual(parsed.value, fanoutParts) ? undefined : body.slice(0, 200)
}

const request = { method: 'GET', path: '/fanout' } as const
const services = Object.keys(fanoutParts).length
const tries = 3

const atOnce: Scenario = {
  title: 'the services are asked at once',
  run: async ({ ask, problem, mostAtOnce }) => {
    if (mostAtOnce === undefined) return
    let most = 0
    // Where a machine has much else to do, a server's patience may end before its last call has come.
    for (let left = tries; most < services && left > 0; left--)
      most = Math.max(most, await mostAtOnce(() => ask(request)))
    if (most < services)
      problem(request, `${services} services asked at once`, `at most ${most} at the same time`)
  },
}

export const contract: EndpointContract = {
  name: 'fanout',
  mediaType: 'application/json',
  measured: true,
  cases: [
    {
      request,
      expected: 'the answers of /profile, /orders and /offers',
      check: fanoutProblem,
    },
  ],
  scenarios: [atOnce],
}
