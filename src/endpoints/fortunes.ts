/** GET /fortunes: all fortunes and one more, sorted, as a page of HTML. */
import { Type } from '@sinclair/typebox'
import type { Fortune } from '../database.ts'
import { defineEndpoint } from '../endpoint.ts'

/** By code unit, as TechEmpower's verifier expects; the order of a locale would be another. */
const byMessage = (one: Fortune, other: Fortune): number => (one.message < other.message ? -1 : 1)

export default defineEndpoint({
  name: 'fortunes',
  summary: 'All fortunes and one that is added to each request, sorted by message.',
  method: 'GET',
  url: '/fortunes',
  mediaType: 'text/html',
  schema: { response: { 200: Type.String() } },
  handler:
    ({ database, templates }) =>
    async (_request, reply) => {
      const added: Fortune = { id: 0, message: 'Additional fortune added at request time.' }
      const fortunes = [...(await database.listFortunes()), added]
      reply.type('text/html; charset=utf-8')
      return templates.fortunes(fortunes.toSorted(byMessage))
    },
})
