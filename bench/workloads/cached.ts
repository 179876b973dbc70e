/** GET /cached-queries?count=20 over and over: twenty rows from a cache in the server. */
import { worldRowsProblem } from '../contract/probe/world.ts'
import type { Workload } from '../workload.ts'

const rows = 20

export const workload: Workload = {
  name: 'cached',
  summary: `GET /cached-queries?count=${rows}: ${rows} random rows from a cache in the server.`,
  endpoints: ['cached-queries'],
  bottleneck: 'server',
  steps: () => [
    {
      request: { method: 'GET', path: `/cached-queries?count=${rows}` },
      expect: { status: 200, check: (body) => worldRowsProblem(body, rows) },
    },
  ],
}
