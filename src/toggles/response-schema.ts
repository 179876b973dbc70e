/** Toggle: each route's answer is written by a serializer compiled from its schema at boot. */
import { Type } from '@sinclair/typebox'
import fastJson from 'fast-json-stringify'
import type { Endpoint } from '../endpoint.ts'
import { defineToggle } from '../toggle.ts'

/** Whether a right answer is a list of rows. */
const answersList = ({ schema }: Endpoint): boolean => schema.response[200]?.['type'] === 'array'

export default defineToggle({
  name: 'response-schema',
  summary: 'Compile a serializer for each route from its response schema (fast-json-stringify).',
  family: 'serialization',
  options: Type.Object(
    {
      routes: Type.Union([Type.Literal('all'), Type.Literal('lists')], {
        default: 'all',
        description:
          'Compile for every route that answers JSON, or only for those that answer lists.',
      }),
      largeArrayMechanism: Type.Union([Type.Literal('default'), Type.Literal('json-stringify')], {
        default: 'default',
        description: 'How arrays longer than largeArraySize are written.',
      }),
      largeArraySize: Type.Integer({
        default: 20_000,
        minimum: 1,
        description: 'Arrays of more items than this are large.',
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Fields that the schema does not name are dropped silently; one small object is written slightly slower than by V8 itself.',
  counterpart: 'response_model (Pydantic serializes in Rust)',
  docs: 'https://fastify.dev/docs/latest/Reference/Validation-and-Serialization/#serialization',
  fill: ({ routes, ...options }) => ({
    respond: {
      serializer: (endpoint, status) =>
        endpoint.mediaType === undefined && (routes === 'all' || answersList(endpoint))
          ? fastJson(endpoint.schema.response[status] as object, options)
          : undefined,
    },
  }),
})
