/** What is answered when something went wrong: a problem document (RFC 9457). */
import { STATUS_CODES } from 'node:http'
import createError from 'http-errors'

/** No route has answered. */
export const notFound = () => {
  throw createError(404)
}

/** The error handler. Errors that somebody meant have a status; what they say is shown where they expose it. */
export function sendProblem(error, req, res, next) {
  if (res.headersSent) return next(error)
  const { status = 500, expose = false, message, errors, headers = {} } = error
  if (error.status === undefined) console.error(error)
  const title = STATUS_CODES[status]
  const detail = expose && message !== title ? message : undefined
  res
    .status(status)
    .set(headers)
    .type('application/problem+json')
    .json({ type: 'about:blank', title, status, detail, errors })
}
