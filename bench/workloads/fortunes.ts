/** GET /fortunes over and over: twelve rows, sorted and put into a page of HTML. */
import { fortunesProblem } from '../contract/fortunes.ts'
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'fortunes',
  summary: 'GET /fortunes: twelve rows and one more, sorted, escaped and put into a page of HTML.',
  endpoints: ['fortunes'],
  bottleneck: 'server',
  truth: [{ table: 'fortune', counter: 'read', perRequest: 12 }],
  steps: () => [
    {
      request: { method: 'GET', path: '/fortunes' },
      expect: {
        status: 200,
        // Engines differ in white space and escapes, so the first page is read and the rest compared with it.
        check: (body) => fortunesProblem(body),
        deterministic: true,
      },
    },
  ],
}
