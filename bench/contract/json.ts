/** What GET /json owes. */
import type { EndpointContract } from '../contract.ts'
import { keysProblem, parseObject } from './probe/json.ts'

/** What is wrong with an answer to GET /json, if anything. */
export function greetingProblem(body: string): string | undefined {
  const parsed = parseObject(body)
  if (typeof parsed === 'string') return parsed
  const keys = keysProblem(parsed, ['message'])
  if (keys !== undefined) return keys
  return parsed['message'] === 'Hello, World!'
    ? undefined
    : `message ${JSON.stringify(parsed['message'])}`
}

export const contract: EndpointContract = {
  name: 'json',
  mediaType: 'application/json',
  measured: true,
  cases: [
    {
      request: { method: 'GET', path: '/json' },
      expected: '{"message":"Hello, World!"}',
      check: greetingProblem,
    },
  ],
}
