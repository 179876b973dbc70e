/** Bodies that every endpoint that takes one must refuse in the same way, whatever its fields are. */
import type { Case } from '../../contract.ts'
import type { Request } from '../../workload.ts'
import { blame, refusal } from './problem.ts'

/** A request with a JSON body. */
export const withJson = (method: 'POST' | 'PUT', path: string, value: unknown): Request =>
  withText(method, path, JSON.stringify(value))

/** A request whose body is said to be JSON. */
export const withText = (method: 'POST' | 'PUT', path: string, body: string): Request => ({
  method,
  path,
  headers: { 'content-type': 'application/json' },
  body,
})

const tooLargeBytes = 1_048_577

/**
 * @param good a body that would be taken
 * @returns cases; none of them changes anything
 */
export function badBodies(method: 'POST' | 'PUT', path: string, good: object): Case[] {
  const text = JSON.stringify(good)
  const raw = (body: string): Request => withText(method, path, body)
  const typed = (type: string | undefined): Request => ({
    method,
    path,
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    body: text,
  })
  const cases = [
    refusal(raw(text.slice(0, -1)), 400),
    refusal(raw('not JSON'), 400),
    refusal(raw(`${text}}`), 400),
    // Some frameworks take no body for bad JSON, others for a missing object.
    refusal(raw(''), 400, 422),
    ...['[]', 'null', '42', '"text"', `[${text}]`].map((body) => refusal(raw(body), 400, 422)),
    refusal(raw(`{"__proto__":{"admin":true},${text.slice(1)}`), 400, 422),
    refusal(raw(`{"constructor":{"prototype":{"admin":true}},${text.slice(1)}`), 400, 422),
    refusal(typed('text/plain'), 415),
    refusal(typed('application/x-www-form-urlencoded'), 415),
    refusal(typed(undefined), 415),
    refusal(raw(JSON.stringify({ ...good, padding: 'x'.repeat(tooLargeBytes) })), 413),
    blame(raw(JSON.stringify({ ...good, unknown: 1 })), ['unknown']),
  ]
  return cases.map((one) => ({ ...one, reading: true }))
}
