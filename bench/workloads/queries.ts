/** GET /queries?queries=20 over and over: twenty rows, each read by a statement of its own. */
import { worldRowsProblem } from '../contract/probe/world.ts'
import type { Workload } from '../workload.ts'

const rows = 20

export const workload: Workload = {
  name: 'queries',
  summary: `GET /queries?queries=${rows}: ${rows} random rows, each read by a statement of its own.`,
  endpoints: ['queries'],
  bottleneck: 'database',
  truth: [{ table: 'world', counter: 'read', perRequest: rows }],
  steps: () => [
    {
      request: { method: 'GET', path: `/queries?queries=${rows}` },
      expect: { status: 200, check: (body) => worldRowsProblem(body, rows) },
    },
  ],
}
