/** GET /l/:code: sends the client to the URL behind a code. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'
import { LinkPathSchema } from '../links.ts'
import { ProblemSchema, sendProblem } from '../problem.ts'

export default defineEndpoint({
  name: 'links-follow',
  summary: 'Go to the URL behind a code.',
  method: 'GET',
  url: '/l/:code',
  schema: { params: LinkPathSchema, response: { 302: Type.Null(), 404: ProblemSchema } },
  handler:
    ({ database }) =>
    async (request, reply) => {
      const url = await database.readLink(request.params.code)
      return url === undefined ? sendProblem(reply, 404) : reply.redirect(url, 302)
    },
})
