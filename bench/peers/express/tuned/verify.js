/** Verifies tokens by fast-jwt, which has read key and options once for all of them. */
import { createVerifier } from 'fast-jwt'

/** As the function of this name in ../authenticate.js. */
export function makeVerify(key) {
  if (!key) throw new Error('JWT_SECRET must be set.')
  return createVerifier({ key, algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] })
}
