/** What GET /docs owes: a page that shows the description of the API. */
import type { EndpointContract } from '../contract.ts'

export const contract: EndpointContract = {
  name: 'docs',
  mediaType: 'text/html',
  measured: false,
  cases: [
    {
      request: { method: 'GET', path: '/docs' },
      expected: 'a page that reads /openapi.json',
      check: (body) =>
        body.includes('/openapi.json') ? undefined : JSON.stringify(body.slice(0, 80)),
    },
  ],
}
