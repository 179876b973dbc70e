/** Checks values by what Ajv compiles out of Zod's schemas. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'

const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv, ['email'])

/** The name of the field that a failed check is about: the missing or the extra one, else the one looked at. */
function fieldOf({ instancePath, params }) {
  const parts = instancePath.split('/').slice(1)
  const named = params.missingProperty ?? params.additionalProperty
  return [...parts, ...(named === undefined ? [] : [named])].join('.')
}

/** As the function of this name in ../check.js. */
export function compileCheck(schema) {
  const validate = ajv.compile(z.toJSONSchema(schema, { io: 'input' }))
  return (value) =>
    validate(value)
      ? undefined
      : validate.errors.map((error) => ({ field: fieldOf(error), message: error.message }))
}
