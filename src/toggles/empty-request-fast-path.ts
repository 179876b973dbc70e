/** Toggle: Node skips the body machinery for requests that announce no body. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'empty-request-fast-path',
  summary: 'Skip stream set-up for requests without a body (optimizeEmptyRequests of node:http).',
  family: 'server',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff: "Experimental; code that waits for 'end' on a request without body waits for ever.",
  counterpart: undefined,
  docs: 'https://nodejs.org/api/http.html#httpcreateserveroptions-requestlistener',
  fill: () => ({ server: { http: { optimizeEmptyRequests: true } } }),
})
