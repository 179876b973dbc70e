/** GET /docs: a page to read and try this API. It needs nothing from the internet. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>gapwise: the API</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="docs"></div>
    <noscript>This page needs JavaScript; <a href="/openapi.json">the description itself</a> does not.</noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script>
      SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true })
    </script>
  </body>
</html>
`

export default defineEndpoint({
  name: 'docs',
  summary: 'A page to read and try this API.',
  method: 'GET',
  url: '/docs',
  mediaType: 'text/html',
  operational: true,
  schema: { response: { 200: Type.String() } },
  handler: () => (_request, reply) => {
    reply.type('text/html; charset=utf-8')
    return page
  },
})
