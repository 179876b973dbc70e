/** What the description of the API says of one endpoint. */
import { STATUS_CODES } from 'node:http'
import type { TSchema } from '@sinclair/typebox'
import type { FastifySchema } from 'fastify'
import type { Endpoint } from '../endpoint.ts'
import { ProblemSchema } from '../problem.ts'
import { withReferences } from './named-schemas.ts'

/** Headers without which an answer of this status would be wrong. */
const headersOf: Readonly<Record<number, object>> = {
  302: { Location: { type: 'string', description: 'Where to go on.' } },
  401: { 'WWW-Authenticate': { type: 'string', description: 'Which token is wanted.' } },
}

/** Statuses that the framework answers with, whatever the endpoint does. */
function frameworkStatuses({ method, url }: Endpoint): Record<number, TSchema> {
  return {
    // A parameter in the path may be encoded wrongly.
    ...(url.includes(':') && { 400: ProblemSchema }),
    // Fastify reads the body of a DELETE too, though nobody looks at it.
    ...(method === 'DELETE' && { 400: ProblemSchema, 413: ProblemSchema, 415: ProblemSchema }),
    // node:http refuses a request whose URL and headers are longer than 16 KiB.
    431: ProblemSchema,
    500: ProblemSchema,
  }
}

/** Where what was made can be found. */
const locationOf = (pattern: string): object => ({
  Location: { type: 'string', pattern, description: 'The path of what was made.' },
})

function responseOf(
  { mediaType = 'application/json', locationPattern }: Endpoint,
  status: number,
  schema: TSchema,
): object {
  const isPlaced = status === 201 && locationPattern !== undefined
  const headers = isPlaced ? locationOf(locationPattern) : headersOf[status]
  const answer = { description: STATUS_CODES[status], headers }
  if (schema['type'] === 'null') return { ...answer, type: 'null' }
  const type = schema === ProblemSchema ? 'application/problem+json' : mediaType
  return { ...answer, content: { [type]: { schema: withReferences(schema) } } }
}

/** Query parameters that are checked, and those that are read leniently: any text is good for these. */
function queryOf({ schema, lenientQuery = {} }: Endpoint): object | undefined {
  const lenient = Object.entries(lenientQuery).map(([name, description]) => [
    name,
    { type: 'string', description },
  ])
  if (lenient.length === 0) return schema.querystring
  return { type: 'object', properties: Object.fromEntries(lenient) as object }
}

/** The schema of a route whose only use is to be described. */
export function operationOf(endpoint: Endpoint): FastifySchema {
  const { name, summary, schema } = endpoint
  const { params, body } = schema
  const querystring = queryOf(endpoint)
  const statuses = Object.entries({ ...frameworkStatuses(endpoint), ...schema.response })
  return {
    operationId: name,
    // A summary is plain text.
    summary: summary.replaceAll('`', ''),
    tags: [endpoint.operational === true ? 'operations' : 'contract'],
    ...(endpoint.secured === true && { security: [{ bearer: [] }] }),
    ...(params && { params }),
    ...(querystring && { querystring }),
    ...(body && { body: withReferences(body) }),
    response: Object.fromEntries(
      statuses.map(([status, each]) => [status, responseOf(endpoint, Number(status), each)]),
    ),
  }
}
