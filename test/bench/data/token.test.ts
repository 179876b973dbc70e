import { createVerifier } from 'fast-jwt'
import t from 'tap'
import { jwtSecret, signToken, tokenExpiry } from '../../../bench/data/token.ts'

t.test('a library takes the token, and the same claims give the same one', async (t) => {
  const verify = createVerifier({ key: jwtSecret, algorithms: ['HS256'] })
  t.same(verify(signToken({ sub: '42' })), { exp: tokenExpiry, sub: '42' })
  t.equal(signToken({ sub: '42' }), signToken({ sub: '42' }))
  t.ok(Buffer.byteLength(jwtSecret) >= 32)
  t.equal(new Date(tokenExpiry * 1000).toISOString(), '2100-01-01T00:00:00.000Z')
})

t.test('forged and ended ones are refused', async (t) => {
  const verify = createVerifier({ key: jwtSecret, algorithms: ['HS256'] })
  t.throws(() => verify(signToken({ sub: '42' }, 'another key that is also long enough')))
  t.throws(() => verify(signToken({ sub: '42', exp: 1 })))
})
