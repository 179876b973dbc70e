/** What GET /plaintext owes. */
import type { EndpointContract } from '../contract.ts'

const text = 'Hello, World!'

export const contract: EndpointContract = {
  name: 'plaintext',
  mediaType: 'text/plain',
  measured: true,
  cases: [
    {
      request: { method: 'GET', path: '/plaintext' },
      expected: JSON.stringify(text),
      check: (body) => (body === text ? undefined : JSON.stringify(body.slice(0, 80))),
    },
  ],
}
