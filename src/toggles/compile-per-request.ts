/** Toggle: schemas are compiled inside each request, the bad habit of writing them in a handler. */
import { Type } from '@sinclair/typebox'
import {
  serializeCompiledEachTime,
  validateCompiledEachTime,
} from '../respond/compiled-each-time.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'compile-per-request',
  summary:
    'Compile the serializer (fast-json-stringify) and the validators (Ajv) anew in each request.',
  family: 'serialization',
  anti: true,
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff: 'Each request pays for compilers whose work could be kept from the start.',
  counterpart: 'a Pydantic TypeAdapter built inside the endpoint',
  docs: 'https://fastify.dev/docs/latest/Reference/Reply/#compileserializationschemaschema-httpstatus',
  fill: () => ({
    respond: { serializer: serializeCompiledEachTime },
    app: { order: 0, decorate: validateCompiledEachTime },
  }),
})
