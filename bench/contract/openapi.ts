/** What GET /openapi.json owes: a description that has at least the paths of this contract. */
import type { EndpointContract } from '../contract.ts'
import { isObject, parseObject } from './probe/json.ts'

export const contract: EndpointContract = {
  name: 'openapi',
  mediaType: 'application/json',
  measured: false,
  cases: [
    {
      request: { method: 'GET', path: '/openapi.json' },
      expected: 'a description of OpenAPI 3.1 that has the path /json',
      check: (body) => {
        const parsed = parseObject(body)
        if (typeof parsed === 'string') return parsed
        const { openapi, paths } = parsed
        if (typeof openapi !== 'string' || !openapi.startsWith('3.1.'))
          return `openapi ${JSON.stringify(openapi)}`
        return isObject(paths) && '/json' in paths ? undefined : 'no path /json'
      },
    },
  ],
}
