/** Toggle: each route's answer is written by a serializer compiled from its schema at boot. */
import { Type } from '@sinclair/typebox'
import fastJson from 'fast-json-stringify'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'response-schema',
  summary: 'Compile a serializer for each route from its response schema (fast-json-stringify).',
  family: 'serialization',
  options: Type.Object(
    {
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
    'Fields that the schema does not name are dropped silently; V8 from 13.8 on (Node 25) writes arrays faster without it.',
  counterpart: 'response_model (Pydantic serializes in Rust)',
  docs: 'https://fastify.dev/docs/latest/Reference/Validation-and-Serialization/#serialization',
  fill: (options) => ({
    respond: (route, endpoint) =>
      endpoint.mediaType === undefined
        ? {
            ...route,
            schema: { ...(route.schema as object), response: endpoint.schema.response },
            serializerCompiler: ({ schema }) => fastJson(schema as object, options),
          }
        : route,
  }),
})
