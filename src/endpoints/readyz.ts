/** GET /readyz: every worker listens and the database answers, else 503 with the reason. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'

const ReadinessSchema = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('unready')]),
  reason: Type.Optional(Type.String()),
})

export default defineEndpoint({
  name: 'readyz',
  summary: 'Every worker listens and the database answers.',
  method: 'GET',
  url: '/readyz',
  operational: true,
  schema: { response: { 200: ReadinessSchema, 503: ReadinessSchema } },
  handler:
    ({ database, ready }) =>
    async (request, reply) => {
      if (!ready()) {
        reply.code(503)
        return {
          status: 'unready' as const,
          reason: 'workers are still starting, or the server is stopping',
        }
      }
      try {
        await database.ping()
        return { status: 'ready' as const }
      } catch (error) {
        request.log.error(error, 'database does not answer')
        reply.code(503)
        return { status: 'unready' as const, reason: 'the database does not answer' }
      }
    },
})
