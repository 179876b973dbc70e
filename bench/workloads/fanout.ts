/** GET /fanout over and over: three calls to downstream services at once. */
import { fanoutProblem } from '../contract/fanout.ts'
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'fanout',
  summary: 'GET /fanout: three downstream services, asked at once, merged.',
  endpoints: ['fanout'],
  bottleneck: 'server',
  steps: () => [
    {
      request: { method: 'GET', path: '/fanout' },
      expect: { status: 200, check: fanoutProblem, deterministic: true },
    },
  ],
}
