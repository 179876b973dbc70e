/** Many clients say of every request that it is JSON, also of one that has no body. */
import type { FastifyRequest, preParsingHookHandler } from 'fastify'

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0

/** For routes that ask for no body: the type of one that was not sent is forgotten, so nobody tries to read it. */
export const forgetUnusedType: preParsingHookHandler = (request, _reply, payload, done) => {
  if (!hasBody(request)) delete request.headers['content-type']
  done(null, payload)
}
