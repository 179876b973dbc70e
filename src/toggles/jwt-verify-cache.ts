/** Toggle: who a valid token belongs to is remembered until it expires. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'jwt-verify-cache',
  summary: 'Remember verified tokens until they expire, instead of verifying each one anew.',
  family: 'auth',
  options: Type.Object(
    {
      max: Type.Integer({
        default: 1000,
        minimum: 1,
        maximum: 1_000_000,
        description: 'Tokens that each process remembers.',
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Valid tokens lie in memory; a token that is revoked before it expires would have to be forgotten too.',
  counterpart: 'functools.lru_cache or cachetools.TTLCache around jwt.decode()',
  docs: 'https://github.com/nearform/fast-jwt#createverifier',
  fill: ({ max }) => ({
    auth: async () => {
      const [{ remembering }, { makeFastJwt }] = await Promise.all([
        import('../auth/remembered.ts'),
        import('../auth/fast-jwt.ts'),
      ])
      return remembering(max, makeFastJwt)
    },
  }),
})
