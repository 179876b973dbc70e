/** Many clients say of every request that it is JSON, also of one that has no body. */
import type { FastifyRequest, preParsingHookHandler } from 'fastify'

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0

/**
 * The type of a body that was not sent is forgotten, so nobody tries to read it: with `optimizeEmptyRequests` such a body
 * never ends. A route that needs one says what is missing, a route that needs none goes on.
 */
export const forgetUnusedType: preParsingHookHandler = (request, _reply, payload, done) => {
  if (!hasBody(request)) delete request.headers['content-type']
  done(null, payload)
}
