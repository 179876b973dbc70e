/** GET /posts?limit=100 over and over: about 30 kB of text and numbers, the serializer's workload. */
import { postsProblem } from '../contract/posts.ts'
import type { Workload } from '../workload.ts'

const rows = 100

export const workload: Workload = {
  name: 'posts',
  summary: `GET /posts?limit=${rows}: about 30 kB of rows with text, the serializer's workload.`,
  endpoints: ['posts'],
  bottleneck: 'server',
  steps: () => [
    {
      request: { method: 'GET', path: `/posts?limit=${rows}` },
      expect: {
        status: 200,
        check: (body) => postsProblem(body, rows),
        deterministic: true,
      },
    },
  ],
}
