/** What GET /docs/:file owes: the files of the page at /docs, and no others. */
import type { Case, EndpointContract } from '../contract.ts'

const file = (name: string, mediaType: string, part: string): Case => ({
  request: { method: 'GET', path: `/docs/${name}` },
  expected: `a file with ${JSON.stringify(part)} in it`,
  mediaType,
  check: (body) => (body.includes(part) ? undefined : JSON.stringify(body.slice(0, 80))),
})

export const contract: EndpointContract = {
  name: 'docs-files',
  measured: false,
  cases: [
    file('swagger-ui-bundle.js', 'text/javascript', 'SwaggerUIBundle'),
    file('swagger-ui.css', 'text/css', '.swagger-ui'),
    file('favicon-32x32.png', 'image/png', 'PNG'),
    ...['package.json', '..%2Fpackage.json', 'swagger-ui.js'].map((name): Case => ({
      request: { method: 'GET', path: `/docs/${name}` },
      expected: 'a problem document',
      statuses: [404],
      mediaType: 'application/problem+json',
      check: () => undefined,
    })),
  ],
}
