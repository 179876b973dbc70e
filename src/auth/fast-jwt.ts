/** The quick start's tokens: fast-jwt, each one verified anew. */
import { createVerifier } from 'fast-jwt'
import type { Claims, MakeAuthenticate } from '../auth.ts'

/** The scheme's name is the same in any case (RFC 9110 11.1). */
const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i
/** Far more than a token of ours needs; longer ones are not even decoded. */
const longestToken = 4096
const largestUserId = 2_147_483_647

/** Reads the claims of a payload whose signature is right; `exp` has been seen to be a number. */
function claimsOf({ sub, exp }: { sub: unknown; exp: number }): Claims | undefined {
  if (typeof sub !== 'string' || !/^[1-9]\d{0,9}$/.test(sub)) return undefined
  const userId = Number(sub)
  return userId <= largestUserId ? { userId, expiresAtMs: exp * 1000 } : undefined
}

export const makeFastJwt: MakeAuthenticate = (secret) => {
  if (secret === undefined) return () => undefined
  const verify = createVerifier({
    key: secret,
    algorithms: ['HS256'],
    requiredClaims: ['sub', 'exp'],
    cache: false,
  })
  return (authorization = '') => {
    const token = bearer.exec(authorization)?.[1]
    if (token === undefined || token.length > longestToken) return undefined
    try {
      return claimsOf(verify(token))
    } catch {
      // Whatever a forged token does to the library, it is no valid token.
      return undefined
    }
  }
}
