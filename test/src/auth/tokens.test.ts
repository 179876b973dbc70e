/** No token is taken that is forged, malformed, expired or not yet good, whoever judges it. */
import { createSign, generateKeyPairSync } from 'node:crypto'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import {
  forge,
  forgedHeaders,
  forgedTokens,
  goodClaims,
} from '../../../bench/contract/probe/forged-tokens.ts'
import { jwtSecret, signToken, tokenExpiry } from '../../../bench/data/token.ts'
import type { MakeAuthenticate } from '../../../src/auth.ts'
import { makeFastJwt } from '../../../src/auth/fast-jwt.ts'
import { remembering } from '../../../src/auth/remembered.ts'
import { build } from '../../helpers/build.ts'

const sub = '42'
const good = signToken({ sub })
const hs256 = { alg: 'HS256', typ: 'JWT' }
const claims = goodClaims(sub)

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** A token that is right for who holds the other half of this key. */
function rs256(): string {
  const signed = forge({ ...hs256, alg: 'RS256' }, claims)
    .split('.')
    .slice(0, 2)
    .join('.')
  return `${signed}.${createSign('sha256').update(signed).sign(privateKey, 'base64url')}`
}

/** What need not be refused by every server, but is by ours. */
const ours: Record<string, string> = {
  RS256: rs256(),
  'HS256 with a public key as secret': forge(hs256, claims, { secret: publicKey }),
  'crit that nobody knows': forge({ ...hs256, crit: ['x'], x: 1 }, claims),
  'crit with a standard name': forge({ ...hs256, crit: ['alg'] }, claims),
  'crit that is empty': forge({ ...hs256, crit: [] }, claims),
  'crit that is a text': forge({ ...hs256, crit: 'exp' }, claims),
  'crit with b64': forge({ ...hs256, crit: ['b64'], b64: false }, claims),
  'exp as digits': signToken({ sub, exp: String(tokenExpiry) }),
  'exp as a list': signToken({ sub, exp: [tokenExpiry] }),
  'exp as an object': signToken({ sub, exp: { valueOf: tokenExpiry } }),
  'exp before all times': forge(hs256, `{"sub":"${sub}","exp":-1e999}`),
  'exp zero': signToken({ sub, exp: 0 }),
  'nbf as text': signToken({ sub, nbf: 'yesterday' }),
  'sub as a list': signToken({ sub: [sub] }),
  'sub with a leading zero': signToken({ sub: '042' }),
  'sub with a space': signToken({ sub: ' 42' }),
  'sub with a line end': signToken({ sub: '42\n' }),
  'sub as a fraction': signToken({ sub: '42.0' }),
  'sub one above int4': signToken({ sub: '2147483648' }),
  'sub in other digits': signToken({ sub: '٤٢' }),
  'a header that is an array': `${Buffer.from('["HS256"]').toString('base64url')}.${good.split('.').slice(1).join('.')}`,
  'a header that is null': `${Buffer.from('null').toString('base64url')}.${good.split('.').slice(1).join('.')}`,
  'another type of text': Buffer.from(good).toString('base64url'),
  'base64 with padding': `${good}==`,
  'a token of 200 kB': signToken({ sub, note: 'x'.repeat(200_000) }),
  'a signature of 200 kB': good + 'A'.repeat(200_000),
  'a hundred thousand dots': '.'.repeat(100_000),
  'a payload nested a thousand deep': forge(hs256, `${'['.repeat(1000)}${']'.repeat(1000)}`),
}

const ourHeaders: Record<string, string> = {
  'two spaces': `Bearer  ${good}`,
  'a tab': `Bearer\t${good}`,
  'a space before': ` Bearer ${good}`,
  'a space behind': `Bearer ${good} `,
  'a line end behind': `Bearer ${good}\n`,
  'the scheme twice': `Bearer Bearer ${good}`,
  'a comma behind': `Bearer ${good},`,
  'quotes around': `Bearer "${good}"`,
  'a scheme that only begins so': `Bearers ${good}`,
}

const refused: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries({ ...forgedTokens(sub), ...ours }).map(([what, token]) => [
      what,
      `Bearer ${token}`,
    ]),
  ),
  ...forgedHeaders(good),
  ...ourHeaders,
}

const judges: Record<string, MakeAuthenticate> = {
  'fast-jwt': makeFastJwt,
  'fast-jwt, remembered': remembering(100, makeFastJwt),
}

/** Moves the clock of the test on. */
function clock(t: Test): { ms: number } {
  const now = { ms: Date.now() }
  t.intercept(Date, 'now', { value: () => now.ms })
  return now
}

for (const [name, make] of Object.entries(judges)) {
  t.test(`${name}: good tokens are taken`, async (t) => {
    const authenticate = make(jwtSecret)
    const expiresAtMs = tokenExpiry * 1000
    for (let time = 0; time < 2; time++) {
      t.strictSame(authenticate(`Bearer ${good}`), { userId: 42, expiresAtMs })
      t.equal(authenticate(`bearer ${good}`)?.userId, 42, 'the case of the scheme is free')
      for (const [what, token, userId] of [
        ['the largest id', signToken({ sub: '2147483647' }), 2_147_483_647],
        ['without typ', forge({ alg: 'HS256' }, claims), 42],
        ['other claims', signToken({ sub, iat: 1, nbf: 1, admin: true }), 42],
        ['a kid, which is only a hint', forge({ ...hs256, kid: '../../dev/null' }, claims), 42],
      ] as const)
        t.equal(authenticate(`Bearer ${token}`)?.userId, userId, what)
    }
  })

  t.test(`${name}: everything else is refused, twice`, async (t) => {
    const authenticate = make(jwtSecret)
    authenticate(`Bearer ${good}`)
    for (const [what, header] of Object.entries(refused)) {
      t.equal(authenticate(header), undefined, what)
      t.equal(authenticate(header), undefined, `${what}, again`)
    }
    t.equal(authenticate(undefined), undefined, 'no header')
    t.equal(authenticate(`Bearer ${good}`)?.userId, 42, 'a good one is still taken')
  })

  t.test(`${name}: a token that was good is refused from its end on`, async (t) => {
    const now = clock(t)
    const exp = Math.floor(now.ms / 1000) + 60
    const authenticate = make(jwtSecret)
    const header = `Bearer ${signToken({ sub, exp })}`
    t.equal(authenticate(header)?.userId, 42)
    now.ms = exp * 1000 - 1
    t.equal(authenticate(header)?.userId, 42, 'a moment before')
    now.ms = exp * 1000 + 1
    t.equal(authenticate(header), undefined, 'a moment after')
    t.equal(authenticate(header), undefined, 'and ever after')
  })

  t.test(`${name}: a token is refused until its start`, async (t) => {
    const now = clock(t)
    const nbf = Math.floor(now.ms / 1000) + 60
    const authenticate = make(jwtSecret)
    const header = `Bearer ${signToken({ sub, nbf })}`
    t.equal(authenticate(header), undefined)
    now.ms = nbf * 1000 + 1
    t.equal(authenticate(header)?.userId, 42)
  })

  t.test(`${name}: without a secret nobody is let in`, async (t) => {
    const authenticate = make(undefined)
    t.equal(authenticate(`Bearer ${good}`), undefined)
    t.equal(authenticate(`Bearer ${signToken({ sub }, '')}`), undefined)
    t.equal(authenticate(refused['algorithm none without a signature']), undefined)
  })
}

for (const spec of ['baseline', 'baseline+jwt-verify-cache', 'tuned'])
  t.test(`${spec}: each of them is 401 with a challenge, whatever the body`, async (t) => {
    const app = await build(t, spec, { jwtSecret })
    for (const [what, authorization] of Object.entries({ 'no header': undefined, ...refused }))
      for (const payload of ['{}', 'no JSON']) {
        const answer = await app.inject({
          method: 'POST',
          url: '/checkout',
          headers: {
            'content-type': 'application/json',
            ...(authorization === undefined ? {} : { authorization }),
          },
          payload,
        })
        const { statusCode, headers, body } = answer
        if (statusCode !== 401) t.fail(`${what}: ${statusCode}`)
        if (headers['www-authenticate'] !== 'Bearer') t.fail(`${what}: no challenge`)
        if (body !== '{"type":"about:blank","title":"Unauthorized","status":401}')
          t.fail(`${what}: says ${body}`)
      }
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/checkout',
      headers: { authorization: `Bearer ${good}` },
      payload: {},
    })
    t.equal(statusCode, 422, 'with a good one the body is looked at')
  })

t.test('a token of 200 kB on the wire is refused by the parser of HTTP', async (t) => {
  const app = await build(t, 'baseline', { jwtSecret })
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  socket.on('error', () => undefined)
  socket.write(`POST /checkout HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${'A'.repeat(200_000)}`)
  await new Promise((resolve) => socket.once('close', resolve))
  // The connection may be reset before the answer is read, as the rest of the token is still on its way.
  t.match(answer, /^(HTTP\/1\.1 431 |$)/)
  t.equal((await fetch(`http://127.0.0.1:${port}/json`)).status, 200, 'the server goes on')
})
