/** Many clients say of every request that it is JSON, also of one that has no body, such as a DELETE. */
import type { FastifyInstance, FastifyRequest, preParsingHookHandler } from 'fastify'

/** Of a POST or PUT whose length is 0 Fastify itself says what is wrong. */
const hasNoBody = ({ method, headers }: FastifyRequest) => {
  const length = headers['content-length']
  if (headers['transfer-encoding'] !== undefined) return false
  return length === undefined || (length === '0' && method === 'DELETE')
}

const forgetUnusedType: preParsingHookHandler = (request, _reply, payload, done) => {
  if (hasNoBody(request)) delete request.headers['content-type']
  done(null, payload)
}

/** The type of a body that was not sent is forgotten, so nobody waits for its end. */
export function allowEmptyBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (['DELETE', 'POST', 'PUT'].includes(String(route.method)))
      route.preParsing = forgetUnusedType
  })
}
