/** Serializers and validators that are compiled for one use, as when a schema is written inside a handler. */
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fastJson from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'
import type { MakeSerialize } from '../slot.ts'
import { ajvOptions } from '../validation.ts'

/** A schema that no cache has seen: what an object literal in a handler gives. */
const writtenAnew = (schema: unknown): (() => object) => {
  const text = JSON.stringify(schema)
  return () => JSON.parse(text) as object
}

/** Compiles the serializer of a JSON route in each request. */
export const serializeCompiledEachTime: MakeSerialize = ({ mediaType, schema }, status) => {
  if (mediaType !== undefined) return undefined
  const write = writtenAnew(schema.response[status])
  return (value) => fastJson(write())(value)
}

/** Compiles the validators of parameters, query and body in each request. */
export function validateCompiledEachTime(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema }) => {
    const write = writtenAnew(schema)
    return (value: unknown) => {
      // An Ajv keeps all that it has compiled, so a shared one would grow with each request.
      const ajv = new Ajv({ useDefaults: true, ...ajvOptions })
      formats.default(ajv)
      const validate = ajv.compile(write())
      return validate(value) ? true : { error: validate.errors ?? [] }
    }
  })
}
