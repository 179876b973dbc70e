/** What GET /healthz owes: the process is alive. */
import type { EndpointContract } from '../contract.ts'
import { parseObject } from './probe/json.ts'

export const contract: EndpointContract = {
  name: 'healthz',
  mediaType: 'application/json',
  measured: false,
  cases: [
    {
      request: { method: 'GET', path: '/healthz' },
      expected: '{"status":"ok"}',
      check: (body) => {
        const parsed = parseObject(body)
        if (typeof parsed === 'string') return parsed
        return parsed['status'] === 'ok' ? undefined : body.slice(0, 80)
      },
    },
  ],
}
