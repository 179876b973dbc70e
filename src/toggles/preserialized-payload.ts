/** Toggle: a route's handler answers finished JSON text instead of a value. */
import { Type } from '@sinclair/typebox'
import { preserializedWriter } from '../respond/preserialized.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'preserialized-payload',
  summary:
    "Turn the value into JSON text in the route's handler, so that Fastify's serialization is skipped.",
  family: 'serialization',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff: 'preSerialization hooks no longer see the value.',
  counterpart: 'Response(content=orjson.dumps(value), media_type="application/json")',
  docs: 'https://fastify.dev/docs/latest/Reference/Reply/#strings',
  fill: () => ({ respond: { writer: preserializedWriter } }),
})
