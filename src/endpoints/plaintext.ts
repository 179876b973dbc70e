/** GET /plaintext: the smallest answer there is. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'

export default defineEndpoint({
  name: 'plaintext',
  summary: 'The smallest answer there is.',
  method: 'GET',
  url: '/plaintext',
  mediaType: 'text/plain',
  schema: { response: { 200: Type.String() } },
  handler: () => (_request, reply) => {
    reply.type('text/plain')
    return 'Hello, World!'
  },
})
