/** Values of the Authorization header that are no valid token, each in its own way. */
import { createHmac } from 'node:crypto'
import { jwtSecret, signToken, tokenExpiry } from '../../data/token.ts'

const encode = (text: string): string => Buffer.from(text).toString('base64url')

const hs256 = { alg: 'HS256', typ: 'JWT' }

interface Signing {
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
  readonly secret?: string
}

/**
 * A token of any header and payload, signed by hand.
 * @param payload JSON text
 */
export function forge(
  header: Readonly<Record<string, unknown>>,
  payload: string,
  { hash = 'sha256', secret = jwtSecret }: Signing = {},
): string {
  const signed = `${encode(JSON.stringify(header))}.${encode(payload)}`
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

/** Claims that would be good. */
export const goodClaims = (sub: string): string => JSON.stringify({ sub, exp: tokenExpiry })

const replacePart = (token: string, index: number, part: string): string =>
  token.split('.').with(index, part).join('.')

/** Another signature of the same length. */
const turned = (signature: string): string =>
  (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)

/**
 * Tokens by what is wrong with them. Each would be good but for that, and asks as user `sub`;
 * none of them may be taken by any server.
 */
export function forgedTokens(sub: string): Record<string, string> {
  const good = signToken({ sub })
  const [head = '', body = '', signature = ''] = good.split('.')
  const claims = goodClaims(sub)
  const nowSeconds = Math.floor(Date.now() / 1000)
  const unsigned = (alg: string): string => `${encode(JSON.stringify({ ...hs256, alg }))}.${body}.`
  return {
    'algorithm none without a signature': unsigned('none'),
    'algorithm NoNe without a signature': unsigned('NoNe'),
    'algorithm none with a signature': forge({ ...hs256, alg: 'none' }, claims),
    'algorithm HS384': forge({ ...hs256, alg: 'HS384' }, claims, { hash: 'sha384' }),
    'algorithm HS512': forge({ ...hs256, alg: 'HS512' }, claims, { hash: 'sha512' }),
    'algorithm RS256 with an HMAC': forge({ ...hs256, alg: 'RS256' }, claims),
    'an unknown algorithm': forge({ ...hs256, alg: 'HS1' }, claims),
    'no algorithm': forge({ typ: 'JWT' }, claims),
    'another key': signToken({ sub }, 'another-key-that-is-as-long-as-the-right-one'),
    'the path of an empty file as key': forge({ ...hs256, kid: '/dev/null' }, claims, {
      secret: '',
    }),
    'another payload under the same signature': replacePart(
      good,
      1,
      encode(goodClaims(sub === '1' ? '2' : '1')),
    ),
    'another header under the same signature': replacePart(
      good,
      0,
      encode(JSON.stringify({ ...hs256, kid: 'a' })),
    ),
    'another signature': replacePart(good, 2, turned(signature)),
    'a signature that is cut off': good.slice(0, -4),
    'no signature': `${head}.${body}.`,
    'two parts': `${head}.${body}`,
    'four parts': `${good}.${signature}`,
    'no header': `.${body}.${signature}`,
    'letters that are not base64': replacePart(good, 1, '%%%'),
    'no JSON': forge(hs256, '{"sub":'),
    'an array as payload': forge(hs256, `[${claims}]`),
    'null as payload': forge(hs256, 'null'),
    'a number as payload': forge(hs256, '42'),
    'a text as payload': forge(hs256, '"text"'),
    'an end that has passed': signToken({ sub, exp: nowSeconds - 3600 }),
    'no end': forge(hs256, JSON.stringify({ sub })),
    'an end that is no number': signToken({ sub, exp: 'tomorrow' }),
    'an end that is null': signToken({ sub, exp: null }),
    'a start that is to come': signToken({ sub, nbf: nowSeconds + 3600 }),
    'no subject': signToken({}),
    'a number as subject': signToken({ sub: Number(sub) }),
    'null as subject': signToken({ sub: null }),
    'a name as subject': signToken({ sub: 'ada' }),
    'an empty subject': signToken({ sub: '' }),
    'zero as subject': signToken({ sub: '0' }),
    'a negative subject': signToken({ sub: '-1' }),
    'a subject that no table can hold': signToken({ sub: '99999999999999999999' }),
  }
}

/** Whole headers by what is wrong with them, around a token that is good. */
export function forgedHeaders(good: string): Record<string, string> {
  return {
    'an empty header': '',
    'no token': 'Bearer',
    'another scheme': `Basic ${Buffer.from('ada:secret').toString('base64')}`,
    'a token under another scheme': `Basic ${good}`,
    'a token without a scheme': good,
    'two tokens': `Bearer ${good} ${good}`,
    'two tokens with a comma': `Bearer ${good},${good}`,
    'a space inside the token': `Bearer ${good.slice(0, 20)} ${good.slice(20)}`,
  }
}
