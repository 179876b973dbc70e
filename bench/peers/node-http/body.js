/** Reading bodies: JSON of at most a mebibyte, checked by a schema that names every wrong field. */
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { Problem } from './respond.js'

const mostBytes = 1_048_576
const json = /^application\/json\s*(;|$)/i

const ajv = new Ajv({ allErrors: true })
addFormats.default(ajv, ['email'])

const tooLarge = () => new Problem(413, { detail: 'the body is too large' })

async function readText(req) {
  if (Number(req.headers['content-length']) > mostBytes) throw tooLarge()
  const chunks = []
  let bytes = 0
  // What is too large is read to its end by node:http, so that the answer can be sent.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > mostBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, { detail: 'the body is not JSON' })
  }
}

/** The name of the field that a failed check is about: the missing or the extra one, else the one looked at. */
function fieldOf({ instancePath, params }) {
  const parts = instancePath.split('/').slice(1)
  const named = params.missingProperty ?? params.additionalProperty
  return [...parts, ...(named === undefined ? [] : [named])].join('.')
}

/**
 * Makes a reader of bodies that must meet a schema.
 * @returns reads one request; throws Problem 400, 413, 415, 422
 */
export function bodyReader(schema) {
  const validate = ajv.compile(schema)
  return async (req) => {
    if (!json.test(req.headers['content-type'] ?? '')) throw new Problem(415)
    const body = parse(await readText(req))
    if (validate(body)) return body
    const errors = validate.errors.map((error) => ({
      field: fieldOf(error),
      message: error.message,
    }))
    throw new Problem(422, { errors })
  }
}
