/** What GET /cpu?n= owes: the start up to n with the longest Collatz sequence; bad values mean 1000. */
import type { Case, EndpointContract } from '../contract.ts'
import { badCounts } from './probe/counts.ts'
import { keysProblem, parseObject } from './probe/json.ts'

const keys = ['n', 'start', 'steps'] as const

/** One right answer. */
export interface CpuAnswer {
  readonly n: number
  readonly start: number
  readonly steps: number
}

/** Right answers, the first for the `n` of bad values and the last for the greatest. A test derives them another way. */
export const cpuAnswers: readonly [CpuAnswer, ...CpuAnswer[]] = [
  { n: 1000, start: 871, steps: 178 },
  { n: 1, start: 1, steps: 0 },
  { n: 2, start: 2, steps: 1 },
  { n: 10, start: 9, steps: 19 },
  // 19 takes as many steps as 18.
  { n: 19, start: 18, steps: 20 },
  { n: 10_000, start: 6171, steps: 261 },
  { n: 100_000, start: 77_031, steps: 350 },
]

/** What is wrong with an answer to GET /cpu, if anything. */
export function cpuProblem(body: string, answer: CpuAnswer): string | undefined {
  const parsed = parseObject(body)
  if (typeof parsed === 'string') return parsed
  const wrongKeys = keysProblem(parsed, keys)
  if (wrongKeys !== undefined) return wrongKeys
  const wrong = keys.find((key) => parsed[key] !== answer[key])
  return wrong && `${wrong} ${JSON.stringify(parsed[wrong])}`
}

const [byDefault] = cpuAnswers
const most = cpuAnswers.at(-1) ?? byDefault

const cpuCase = (query: string, answer: CpuAnswer): Case => ({
  request: { method: 'GET', path: `/cpu${query}` },
  expected: JSON.stringify(answer),
  check: (body) => cpuProblem(body, answer),
  ...(answer === most ? { heavy: true } : {}),
})

export const contract: EndpointContract = {
  name: 'cpu',
  mediaType: 'application/json',
  measured: true,
  cases: [
    ...cpuAnswers.map((answer) => cpuCase(`?n=${answer.n}`, answer)),
    cpuCase('?n=100001', most),
    cpuCase(`?n=1${'0'.repeat(30)}`, most),
    cpuCase('', byDefault),
    ...badCounts.map((bad) => cpuCase(`?n=${bad}`, byDefault)),
    {
      // A key given twice has no agreed meaning; it must only not break the server.
      request: { method: 'GET', path: '/cpu?n=1&n=1' },
      expected: 'the answer to n=1 or to a bad value',
      check: (body) =>
        cpuProblem(body, byDefault) && cpuProblem(body, { n: 1, start: 1, steps: 0 }),
    },
  ],
}
