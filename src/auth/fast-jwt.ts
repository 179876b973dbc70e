/** The quick start's tokens: fast-jwt, each one verified anew. */
import { createVerifier } from 'fast-jwt'
import type { Authenticate, MakeAuthenticate } from '../auth.ts'

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i
/** Far more than a token of ours needs; longer ones are not even decoded. */
const longestToken = 4096
const largestUserId = 2_147_483_647

/** Reads `sub` as the id of a user. */
function userIdOf(payload: unknown): number | undefined {
  const subject = (payload as { sub?: unknown } | null)?.sub
  if (typeof subject !== 'string' || !/^[1-9]\d{0,9}$/.test(subject)) return undefined
  const id = Number(subject)
  return id <= largestUserId ? id : undefined
}

/** @param cacheSize how many verified tokens are remembered; 0 verifies each anew */
export const fastJwtWith =
  (cacheSize: number): MakeAuthenticate =>
  (secret): Authenticate => {
    if (secret === undefined) return () => undefined
    const verify = createVerifier({
      key: secret,
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp'],
      cache: cacheSize === 0 ? false : cacheSize,
    })
    return (authorization) => {
      const token = bearer.exec(authorization ?? '')?.[1]
      if (token === undefined || token.length > longestToken) return undefined
      try {
        const userId = userIdOf(verify(token))
        return userId === undefined ? undefined : { userId }
      } catch {
        // Whatever a forged token does to the library, it is no valid token.
        return undefined
      }
    }
  }

export const makeFastJwt = fastJwtWith(0)
