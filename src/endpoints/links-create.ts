/** POST /links: makes a short link. */
import { defineEndpoint } from '../endpoint.ts'
import { codePattern, LinkFieldsSchema, LinkSchema, randomCode } from '../links.ts'
import { bodyProblems } from '../problem.ts'

/** Five codes that are all taken would mean that the table is nearly full. */
const mostTries = 5

export default defineEndpoint({
  name: 'links-create',
  summary: 'Make a short link to a URL.',
  method: 'POST',
  url: '/links',
  locationPattern: `^/l/${codePattern}$`,
  schema: { body: LinkFieldsSchema, response: { 201: LinkSchema, ...bodyProblems } },
  handler:
    ({ database }) =>
    async (request, reply) => {
      const { url } = request.body
      for (let tries = 0; tries < mostTries; tries++) {
        const code = randomCode()
        if (await database.createLink(code, url)) {
          reply.code(201).header('location', `/l/${code}`)
          return { code, url }
        }
      }
      throw new Error(`${mostTries} random codes are taken`)
    },
})
