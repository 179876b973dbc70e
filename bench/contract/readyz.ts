/** What GET /readyz owes: 200 when it can serve, else 503. */
import type { EndpointContract } from '../contract.ts'
import { parseObject } from './probe/json.ts'

export const contract: EndpointContract = {
  name: 'readyz',
  mediaType: 'application/json',
  measured: false,
  cases: [
    {
      request: { method: 'GET', path: '/readyz' },
      expected: 'an object with a status',
      statuses: [200, 503],
      check: (body) => {
        const parsed = parseObject(body)
        if (typeof parsed === 'string') return parsed
        return typeof parsed['status'] === 'string' ? undefined : body.slice(0, 80)
      },
    },
  ],
}
