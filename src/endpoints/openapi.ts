/** GET /openapi.json: the description of this API. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'
import { loadEndpoints } from '../load-endpoints.ts'
import { describeApi, type OpenApi } from '../openapi.ts'

export default defineEndpoint({
  name: 'openapi',
  summary: 'The description of this API (OpenAPI).',
  method: 'GET',
  url: '/openapi.json',
  operational: true,
  schema: {
    response: { 200: Type.Object({ openapi: Type.String() }, { additionalProperties: true }) },
  },
  handler: () => {
    let described: Promise<OpenApi> | undefined
    const describe = async (): Promise<OpenApi> => describeApi(await loadEndpoints())
    return () => (described ??= describe())
  },
})
