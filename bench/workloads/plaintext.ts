/** GET /plaintext over and over: what a request costs before anything is done in it. */
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'plaintext',
  summary: 'GET /plaintext: 13 bytes of text, the floor of what a request costs.',
  endpoints: ['plaintext'],
  bottleneck: 'server',
  steps: () => [
    {
      request: { method: 'GET', path: '/plaintext' },
      expect: { status: 200, body: 'Hello, World!' },
    },
  ],
}
