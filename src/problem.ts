/** Errors as RFC 9457 problem documents: one shape for whatever goes wrong. */
import { STATUS_CODES } from 'node:http'
import { Type, type Static } from '@sinclair/typebox'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ConflictError } from './database.ts'
import { UpstreamError } from './upstream.ts'

const FieldErrorSchema = Type.Object({
  field: Type.String({ description: 'Name of the field; empty for the whole body.' }),
  message: Type.String(),
})

export const ProblemSchema = Type.Object({
  type: Type.Literal('about:blank'),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(FieldErrorSchema)),
})

export type FieldError = Static<typeof FieldErrorSchema>

/** Statuses of a route that takes a body, for its schema. */
export const bodyProblems = {
  400: ProblemSchema,
  413: ProblemSchema,
  415: ProblemSchema,
  422: ProblemSchema,
} as const

/** What stands in an answer beside the status. */
interface Details {
  readonly detail?: string
  readonly errors?: readonly FieldError[]
}

/** The document of a status. */
export const problemOf = (status: number, { detail, errors }: Details = {}) => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  ...(detail === undefined ? {} : { detail }),
  ...(errors === undefined ? {} : { errors }),
})

/** Answers with a problem. */
export const sendProblem = (reply: FastifyReply, status: number, details?: Details): FastifyReply =>
  reply.code(status).type('application/problem+json').send(problemOf(status, details))

/** A body with thousands of wrong fields is answered with the first few. */
const mostFieldErrors = 20

type ValidationResult = NonNullable<FastifyError['validation']>[number]

/** The name of the field that a failed check is about: the missing or the extra one, else the one that was looked at. */
function fieldOf({ instancePath, params }: ValidationResult): string {
  const path = instancePath.slice(1).replaceAll('/', '.')
  const named = params['missingProperty'] ?? params['additionalProperty']
  if (typeof named !== 'string') return path
  return path === '' ? named : `${path}.${named}`
}

function sendInvalid(
  reply: FastifyReply,
  results: readonly ValidationResult[],
  context: string | undefined,
): FastifyReply {
  // A path that does not have the form of a key names nothing that could exist.
  if (context === 'params') return sendProblem(reply, 404)
  const errors = results.slice(0, mostFieldErrors).map((result) => ({
    field: fieldOf(result),
    message: result.message ?? 'is not valid',
  }))
  return sendProblem(reply, 422, { errors })
}

const upstreamStatus = { timeout: 504, failed: 502 } as const

/** Answers what the router refuses before any hook has run: a path of broken escapes, or a key of over 100 characters. */
export const sendRouterProblem = (
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void => {
  // A key that is too long names nothing that could exist.
  sendProblem(reply.header('server', 'gapwise'), error.statusCode === 414 ? 404 : 400)
}

/** Makes the app answer every error with a problem document. */
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    // Fastify reads a body before it finds that there is no such path.
    if (request.is404) return sendProblem(reply, 404)
    if (error.validation !== undefined)
      return sendInvalid(reply, error.validation, error.validationContext)
    if (error instanceof ConflictError) return sendProblem(reply, 409, { detail: error.message })
    if (error instanceof UpstreamError) {
      request.log.error(error, 'a downstream service failed')
      return sendProblem(reply, upstreamStatus[error.failure], { detail: error.message })
    }
    const { statusCode = 500 } = error
    if (statusCode >= 400 && statusCode < 500)
      return sendProblem(reply, statusCode, { detail: error.message })
    request.log.error(error)
    return sendProblem(reply, 500)
  })
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 404))
  // Fastify also reads text/plain by itself; no route of ours takes it.
  app.removeContentTypeParser('text/plain')
}
