/** What GET /profile owes: which run the server belongs to, and its effective toggles. */
import type { EndpointContract } from '../contract.ts'
import { isObject, parseObject } from './probe/json.ts'

export const contract: EndpointContract = {
  name: 'profile',
  mediaType: 'application/json',
  measured: false,
  cases: [
    {
      request: { method: 'GET', path: '/profile' },
      expected: 'an object with runId and toggles',
      check: (body) => {
        const parsed = parseObject(body)
        if (typeof parsed === 'string') return parsed
        if (typeof parsed['runId'] !== 'string') return `runId ${JSON.stringify(parsed['runId'])}`
        return isObject(parsed['toggles'])
          ? undefined
          : `toggles ${JSON.stringify(parsed['toggles'])}`
      },
    },
  ],
}
