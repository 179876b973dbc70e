/** GET /cpu?n=: arithmetic that takes the longer the greater `n` is. */
import { Type } from '@sinclair/typebox'
import { parseCount } from '../count.ts'
import { defineEndpoint } from '../endpoint.ts'

const limits = { max: 100_000, bad: 1000 } as const

export default defineEndpoint({
  name: 'cpu',
  summary: 'The start of the longest Collatz sequence up to `n`: work for the processor alone.',
  method: 'GET',
  url: '/cpu',
  lenientQuery: { n: '1 to 100000: more is 100000, anything else is 1000.' },
  schema: {
    response: {
      200: Type.Object({ n: Type.Integer(), start: Type.Integer(), steps: Type.Integer() }),
    },
  },
  handler:
    ({ compute }) =>
    (request) => {
      const { n } = request.query as { n?: unknown }
      return compute.longestCollatz(parseCount(n, limits))
    },
})
