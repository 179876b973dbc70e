/** Remembers who a valid token belongs to, so that its signature is computed once. */
import { LRUCache } from 'lru-cache'
import type { Claims, MakeAuthenticate } from '../auth.ts'

/**
 * Wraps a judge of tokens. Its key is the whole header, so that a token that differs in one letter is
 * another one; what is no valid token is never kept, so that forged ones cannot push out the others.
 * (fast-jwt's own cache hashes each token, as checking HS256 does, and gives refused ones a place.)
 * @param max how many tokens are remembered; the one that was not seen for longest goes first
 */
export const remembering =
  (max: number, make: MakeAuthenticate): MakeAuthenticate =>
  (secret) => {
    const authenticate = make(secret)
    const known = new LRUCache<string, Claims>({ max })
    return (authorization) => {
      if (authorization === undefined) return undefined
      const kept = known.get(authorization)
      if (kept !== undefined) {
        if (Date.now() < kept.expiresAtMs) return kept
        known.delete(authorization)
        return undefined
      }
      const claims = authenticate(authorization)
      if (claims !== undefined) known.set(authorization, claims)
      return claims
    }
  }
