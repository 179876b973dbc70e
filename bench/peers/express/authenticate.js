/** Middleware that asks who is asking: tokens that were signed with HS256, each one verified anew. */
import createError from 'http-errors'
import jwt from 'jsonwebtoken'

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i
const longestToken = 4096
const largestUserId = 2_147_483_647

/** @returns reads the claims of a token; throws where it is forged or out of its time */
export const makeVerify = (secret) => (token) =>
  jwt.verify(token, secret, { algorithms: ['HS256'] })

/** The user whom a header names, or undefined. */
function readUserId(verify, authorization = '') {
  const token = bearer.exec(authorization)?.[1]
  if (token === undefined || token.length > longestToken) return undefined
  try {
    const { sub, exp } = verify(token)
    if (exp === undefined || typeof sub !== 'string' || !/^[1-9]\d{0,9}$/.test(sub))
      return undefined
    return Number(sub) <= largestUserId ? Number(sub) : undefined
  } catch {
    return undefined
  }
}

/** Puts the user's id into `req.userId`, or answers 401. */
export const makeAuthenticate = (verify) => (req, res, next) => {
  req.userId = readUserId(verify, req.get('Authorization'))
  if (req.userId === undefined)
    throw createError(401, { headers: { 'WWW-Authenticate': 'Bearer' } })
  next()
}
