/** What docs/recipes/NAME/check.json holds, and how an answer is held against it. */
import { readFileSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { Test } from 'tap'

export const jwtSecret = 'only-for-the-test-of-recipes'

const checkSchema = Type.Object(
  {
    request: Type.Object(
      {
        method: Type.String(),
        path: Type.String({ pattern: '^/' }),
        headers: Type.Optional(Type.Record(Type.String(), Type.String())),
        body: Type.Optional(Type.Unknown()),
      },
      { additionalProperties: false },
    ),
    status: Type.Integer(),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    body: Type.Optional(Type.String()),
    json: Type.Optional(Type.Unknown()),
    jsonHas: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    bodyMatch: Type.Optional(Type.String()),
    atOnce: Type.Optional(Type.Integer({ minimum: 2, maximum: 500 })),
  },
  { additionalProperties: false },
)
const checksSchema = Type.Array(checkSchema, { minItems: 1 })

export type Check = Static<typeof checkSchema>

const bodyKeys = ['body', 'json', 'jsonHas', 'bodyMatch'] as const

/**
 * Reads the checks of a recipe.
 * @throws Error that names the file and what is wrong in it
 */
export function readChecks(file: URL): Check[] {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const error = Value.Errors(checksSchema, content).First()
  if (error !== undefined) throw new Error(`${file.pathname}${error.path}: ${error.message}`)
  const checks = content as Check[]
  const blind = checks.findIndex((check) => bodyKeys.every((key) => check[key] === undefined))
  if (blind >= 0) throw new Error(`${file.pathname}/${blind}: needs one of ${bodyKeys.join(', ')}`)
  return checks
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A valid token of user 42, good for one hour. */
function token(): string {
  const nowS = Math.floor(Date.now() / 1000)
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: '42', iat: nowS, exp: nowS + 3600 })}`
  return `${text}.${createHmac('sha256', jwtSecret).update(text).digest('base64url')}`
}

const filled = (text: string): string => text.replaceAll('{token}', token)

function send(origin: string, { method, path, headers = {}, body }: Check['request']) {
  const isText = typeof body === 'string'
  return fetch(new URL(filled(path), origin), {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
    headers: {
      ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, filled(text)])),
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  })
}

/** Sends one check's request as often as it says and holds each answer against it. */
export async function isRight(t: Test, origin: string, check: Check): Promise<void> {
  const { request, status, headers = {}, json, jsonHas, bodyMatch, atOnce = 1 } = check
  const what = `${request.method} ${request.path}`
  const answers = await Promise.all(
    Array.from({ length: atOnce }, async () => {
      const answer = await send(origin, request)
      return { status: answer.status, headers: answer.headers, body: await answer.text() }
    }),
  )
  for (const answer of answers) {
    t.equal(answer.status, status, `${what}: status`)
    for (const [name, value] of Object.entries(headers))
      t.equal(answer.headers.get(name), value, `${what}: ${name}`)
    if (check.body !== undefined) t.equal(answer.body, check.body, `${what}: body`)
    if (json !== undefined) t.strictSame(JSON.parse(answer.body), json, `${what}: JSON`)
    if (jsonHas !== undefined) t.hasStrict(JSON.parse(answer.body), jsonHas, `${what}: fields`)
    if (bodyMatch !== undefined) t.match(answer.body, new RegExp(bodyMatch), `${what}: body`)
  }
}
