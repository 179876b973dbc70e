/** GET /json over and over: one small object, serialized anew for each request. */
import { greetingProblem } from '../contract/json.ts'
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'json',
  summary: 'GET /json: one small object, serialized anew for each request.',
  endpoints: ['json'],
  bottleneck: 'server',
  steps: () => [
    {
      request: { method: 'GET', path: '/json' },
      // Serializers differ in white space, so the first answer is parsed and the rest compared with it.
      expect: { status: 200, check: greetingProblem, deterministic: true },
    },
  ],
}
