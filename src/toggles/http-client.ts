/** Toggle: downstream services are asked through undici's own API instead of fetch. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'http-client',
  summary: "Ask downstream services through undici's own API instead of fetch.",
  family: 'upstream',
  options: Type.Object(
    {
      client: Type.Union([Type.Literal('undici-pool'), Type.Literal('undici-request')], {
        default: 'undici-pool',
        description:
          'A pool of connections to the one origin, or request() over an agent for any origin.',
      }),
      connections: Type.Integer({
        default: 128,
        minimum: 1,
        maximum: 10_000,
        description: "The most connections of each process's pool.",
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Another API than the standard one: bodies must be read to the end, redirects and packed answers are not understood.',
  counterpart: 'one shared httpx.AsyncClient or aiohttp.ClientSession',
  docs: 'https://undici.nodejs.org/#/docs/api/Pool',
  fill: ({ client, connections }) => ({
    upstream: async () => {
      const { makeUndiciPool, makeUndiciRequest } = await import('../upstream/undici.ts')
      return client === 'undici-pool' ? makeUndiciPool(connections) : makeUndiciRequest
    },
  }),
})
