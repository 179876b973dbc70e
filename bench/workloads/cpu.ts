/** GET /cpu?n=10000 over and over: a few milliseconds of arithmetic and nothing else. */
import { cpuAnswers, cpuProblem } from '../contract/cpu.ts'
import type { Workload } from '../workload.ts'

const n = 10_000

export const workload: Workload = {
  name: 'cpu',
  summary: `GET /cpu?n=${n}: a few milliseconds of arithmetic and nothing else.`,
  endpoints: ['cpu'],
  bottleneck: 'server',
  steps: () =>
    cpuAnswers
      .filter((answer) => answer.n === n)
      .map((answer) => ({
        request: { method: 'GET', path: `/cpu?n=${n}` },
        expect: {
          status: 200,
          check: (body) => cpuProblem(body, answer),
          deterministic: true,
        },
      })),
}
