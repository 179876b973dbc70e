/** Who is asking: tokens that were signed with HS256, each one verified anew. */
import { createVerifier } from 'fast-jwt'

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i
const longestToken = 4096
const largestUserId = 2_147_483_647

/** @returns reads an Authorization header: the user's id, or undefined for whatever is no valid token */
export function makeAuthenticate(secret) {
  if (!secret) return () => undefined
  const verify = createVerifier({
    key: secret,
    algorithms: ['HS256'],
    requiredClaims: ['sub', 'exp'],
  })
  return (authorization = '') => {
    const token = bearer.exec(authorization)?.[1]
    if (token === undefined || token.length > longestToken) return undefined
    try {
      const { sub } = verify(token)
      if (typeof sub !== 'string' || !/^[1-9]\d{0,9}$/.test(sub)) return undefined
      return Number(sub) <= largestUserId ? Number(sub) : undefined
    } catch {
      return undefined
    }
  }
}
