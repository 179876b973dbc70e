/** GET /db over and over: one row of 10,000, drawn at random by the server. */
import { worldRowProblem } from '../contract/probe/world.ts'
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'db',
  summary: 'GET /db: one random row read by its key.',
  endpoints: ['db'],
  bottleneck: 'server',
  truth: [{ table: 'world', counter: 'read', perRequest: 1 }],
  steps: () => [
    { request: { method: 'GET', path: '/db' }, expect: { status: 200, check: worldRowProblem } },
  ],
}
