/** A request as one line for people. */
import type { Request } from '../../workload.ts'

const longestBody = 120

/** `POST /users {"username":"ada"}`, with the media type where it is another than JSON. */
export function requestTitle({ method, path, headers = {}, body }: Request): string {
  if (body === undefined) return `${method} ${path}`
  const type = headers['content-type']
  const shown = body.length > longestBody ? `${body.slice(0, longestBody)}…` : body
  return `${method} ${path}${type === 'application/json' ? '' : ` (${type ?? 'no media type'})`} ${shown}`
}
