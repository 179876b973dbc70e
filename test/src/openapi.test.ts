/** The description of the API names every status that can come back, whoever answers with it. */
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { jwtSecret, signToken } from '../../bench/data/token.ts'
import { loadEndpoints } from '../../src/load-endpoints.ts'
import { describeApi } from '../../src/openapi.ts'
import { build } from '../helpers/build.ts'
import { connectionsOf } from '../helpers/fake-driver.ts'

type Asked = Omit<InjectOptions, 'url'> & { readonly url?: string }

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<
    Record<
      string,
      {
        content?: Readonly<Record<string, unknown>>
        headers?: Readonly<Record<string, { schema: { type: string; pattern: string } }>>
      }
    >
  >
}

const endpoints = await loadEndpoints()
const document = await describeApi(endpoints)
const paths = document['paths'] as Record<string, Record<string, Operation>>

/** As the document writes a path of Fastify. */
const templateOf = (url: string): string => url.replaceAll(/:(\w+)/g, '{$1}')
const operationOf = (url: string, method: string): Operation | undefined =>
  paths[templateOf(url)]?.[method.toLowerCase()]

const json = { 'content-type': 'application/json' }
const long = JSON.stringify('x'.repeat(70_000))

t.test('every endpoint is described under its own name', async (t) => {
  const described = Object.values(paths).flatMap((operations) => Object.values(operations))
  t.strictSame(
    described.map(({ operationId }) => operationId).toSorted(),
    endpoints.map(({ name }) => name).toSorted(),
  )
})

t.test('every reference leads somewhere', async (t) => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)]
  t.ok(references.length > 0)
  const names = new Set(references.map(([, path = '']) => path))
  for (const name of names)
    t.ok(
      name.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document),
      name,
    )
})

t.test(
  'what is wrong with a body, a path or a request is described where it can occur',
  async (t) => {
    const app = await build(t, 'baseline', { jwtSecret })
    const token = `Bearer ${signToken({ sub: '42' })}`
    const isDescribed = async (t: Test, method: string, url: string, request: Asked) => {
      const path = request.url ?? url.replaceAll(/:\w+/g, '1')
      const answer = await app.inject({
        ...request,
        method: method as 'GET',
        url: path,
        headers: { authorization: token, ...request.headers },
      })
      const status = String(answer.statusCode)
      const response = operationOf(url, method)?.responses[status]
      t.ok(response, `${method} ${path}: ${status} is described`)
      const type = answer.headers['content-type']?.split(';')[0]
      if (type !== undefined) t.hasOwnProp(response?.content ?? {}, type, `${method} ${path}: type`)
      return answer.statusCode
    }
    for (const { method, url, schema } of endpoints) {
      const verb = String(method)
      t.ok(operationOf(url, verb)?.responses['431'], `${verb} ${url}: long headers`)
      if (url.includes(':'))
        t.equal(await isDescribed(t, verb, url, { url: url.replace(/:\w+/, '%zz') }), 400)
      if (schema.params !== undefined)
        t.equal(await isDescribed(t, verb, url, { url: url.replace(/:\w+/, '-') }), 404)
      if (verb === 'GET') continue
      const csv = { headers: { 'content-type': 'text/csv' }, payload: 'a,b' }
      t.equal(await isDescribed(t, verb, url, csv), 415)
      t.equal(await isDescribed(t, verb, url, { headers: json, payload: '{' }), 400)
      t.equal(await isDescribed(t, verb, url, { headers: json, payload: long }), 413)
      if (schema.body !== undefined)
        t.equal(await isDescribed(t, verb, url, { headers: json, payload: '[]' }), 422)
    }
    t.equal(await isDescribed(t, 'GET', '/users', { url: '/users?limit=0' }), 422)
    const secured = { headers: { authorization: 'none' } }
    t.equal(await isDescribed(t, 'POST', '/checkout', secured), 401)
  },
)

t.test('a 201 that says where to find what was made is described so', async (t) => {
  const row = { id: 1001, code: 'taken', createdAt: new Date(0) }
  const query = async <Row>(): Promise<Row[]> => [row] as Row[]
  const driver = { name: 'full', open: async () => connectionsOf({ query }) }
  const app = await build(t, 'baseline', { driver })
  const good = {
    '/users': { username: 'ada', email: 'ada@example.com', age: 36 },
    '/links': { url: 'https://example.com/' },
  }
  for (const [url, payload] of Object.entries(good)) {
    const { headers } = await app.inject({ method: 'POST', url, payload })
    const location = operationOf(url, 'POST')?.responses['201']?.headers?.['Location']
    t.match(location, { schema: { type: 'string', pattern: /^\^.*\$$/ } }, url)
    t.match(headers['location'], new RegExp(location?.schema.pattern ?? '^$'), url)
  }
  const order = operationOf('/checkout', 'POST')?.responses['201']
  t.hasOwnProp(order ?? {}, 'content')
  t.equal(order?.headers, undefined, 'an order has no place of its own')
})
