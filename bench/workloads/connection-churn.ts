/** GET /json with a new connection for each request: what clients without keep-alive cost. */
import { greetingProblem } from '../contract/json.ts'
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'connection-churn',
  summary: 'GET /json with a new connection for each request, as clients without keep-alive do.',
  endpoints: ['json'],
  bottleneck: 'server',
  steps: () => [
    {
      request: { method: 'GET', path: '/json', headers: { connection: 'close' } },
      expect: { status: 200, check: greetingProblem, deterministic: true },
    },
  ],
}
