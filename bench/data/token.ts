/** Tokens for POST /checkout: who asks, signed with HS256. The same claims always give the same token. */
import { createHmac } from 'node:crypto'

/** The key that every contender gets as JWT_SECRET. It keeps nothing secret: only a bench's made-up users have tokens. */
export const jwtSecret = 'gapwise-bench-key-that-is-public-0123456789'

/** The end of every token, 2100-01-01, in seconds: streams of requests stay the same from day to day. */
export const tokenExpiry = Date.UTC(2100, 0, 1) / 1000

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A token as it stands behind `Authorization: Bearer ` (RFC 7519, RFC 7515).
 * @param claims such as `{ sub: '42' }`; they may replace `exp`
 * @param secret another one for a forged token
 */
export const signToken = (
  claims: Readonly<Record<string, unknown>>,
  secret: string = jwtSecret,
): string => {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ exp: tokenExpiry, ...claims })}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
