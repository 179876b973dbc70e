/** Who is asking: the contract of the slot `auth`. */

/** What a valid token says. */
export interface Claims {
  /** The user's id, from the token's `sub`. */
  readonly userId: number
  /** From this moment on the token is no longer valid, in milliseconds since 1970. */
  readonly expiresAtMs: number
}

/**
 * Judges the value of the Authorization header.
 * @returns the claims, or undefined for whatever is no valid token; it never throws
 */
export type Authenticate = (authorization: string | undefined) => Claims | undefined

/** @param secret of HS256; without one no token is valid */
export type MakeAuthenticate = (secret: string | undefined) => Authenticate
