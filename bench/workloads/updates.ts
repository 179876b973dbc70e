/** GET /updates?queries=20 over and over: twenty rows, each read by a statement of its own and written back. */
import { distinctWorldRowsProblem } from '../contract/probe/world.ts'
import type { Workload } from '../workload.ts'

const rows = 20

export const workload: Workload = {
  name: 'updates',
  summary: `GET /updates?queries=${rows}: ${rows} random rows, each read, given a new number and written back.`,
  endpoints: ['updates'],
  bottleneck: 'database',
  writes: true,
  truth: [
    { table: 'world', counter: 'read', perRequest: rows },
    { table: 'world', counter: 'updated', perRequest: rows },
  ],
  steps: () => [
    {
      request: { method: 'GET', path: `/updates?queries=${rows}` },
      expect: { status: 200, check: (body) => distinctWorldRowsProblem(body, rows) },
    },
  ],
}
