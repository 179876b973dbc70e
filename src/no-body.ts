/** Many clients say of every request that it is JSON, also of one that has no body. */
import {
  errorCodes,
  type FastifyRequest,
  type HTTPMethods,
  type preParsingHookHandler,
} from 'fastify'

const announcesBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined

const hasBody = (request: FastifyRequest): boolean =>
  announcesBody(request) && request.headers['content-length'] !== '0'

/** The type of a body that is not there is forgotten, so nobody tries to read it. */
const forgetUnusedType: preParsingHookHandler = (request, _reply, payload, done) => {
  if (!hasBody(request)) delete request.headers['content-type']
  done(null, payload)
}

/**
 * With `optimizeEmptyRequests` a body that was never announced has no end either, and who reads it waits for ever: so it
 * is called empty before, as it is where its end comes.
 */
const refuseUnannounced: preParsingHookHandler = (request, _reply, payload, done) => {
  const saysJson = request.headers['content-type']?.startsWith('application/json') === true
  if (saysJson && !announcesBody(request)) done(new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY())
  else done(null, payload)
}

/** For a route whose body Fastify would read: a DELETE needs none, others cannot do without. */
export const mindBody = (method: HTTPMethods): preParsingHookHandler =>
  method === 'DELETE' ? forgetUnusedType : refuseUnannounced
