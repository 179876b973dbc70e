/** Keeps a secured route to those with a valid token. */
import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import type { Authenticate } from '../auth.ts'
import { sendProblem } from '../problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose token was valid; 0 on routes that need none. */
    userId: number
  }
}

/**
 * Makes the hook of secured routes: 401, before a body is read, for whatever is no valid token.
 * @param app gets `request.userId`
 */
export function makeGuard(app: FastifyInstance, authenticate: Authenticate): onRequestHookHandler {
  app.decorateRequest('userId', 0)
  return (request, reply, done) => {
    const claims = authenticate(request.headers.authorization)
    if (claims === undefined) {
      // What was wrong with it would help only who forges tokens.
      sendProblem(reply.header('www-authenticate', 'Bearer'), 401)
      return
    }
    request.userId = claims.userId
    done()
  }
}
