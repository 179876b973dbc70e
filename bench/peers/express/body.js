/** Middleware for routes that take a body. */
import createError from 'http-errors'

/** Lets a request pass whose body is JSON and has passed this check; 415 or 422 else. */
export const checkBody = (check) => (req, res, next) => {
  // null means that there is no body at all, which is for the check to say.
  if (req.is('application/json') === false) throw createError(415)
  const errors = check(req.body)
  if (errors !== undefined) throw createError(422, { errors })
  next()
}
