/** A request as one line for people. */
import type { Request } from '../../workload.ts'

const longestBody = 120

/** `POST /users {"username":"ada"}`, with the media type where it is another than JSON or of nothing. */
export function requestTitle({ method, path, headers = {}, body }: Request): string {
  const type = headers['content-type']
  if (body === undefined)
    return `${method} ${path}${type === undefined ? '' : ` (${type}, no body)`}`
  const shown = body.length > longestBody ? `${body.slice(0, longestBody)}…` : body
  return `${method} ${path}${type === 'application/json' ? '' : ` (${type ?? 'no media type'})`} ${shown}`
}
