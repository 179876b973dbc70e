/** What no endpoint answers: a known path with another method, and a path that there is not. */
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { build } from '../helpers/build.ts'

const csv = { headers: { 'content-type': 'text/csv' }, payload: 'a,b' }
const halfJson = { headers: { 'content-type': 'application/json' }, payload: '{' }

t.test('a known path with another method is 405 and names its methods', async (t) => {
  const app = await build(t, 'baseline')
  const wrong: [InjectOptions['method'], url: string, allow: string, InjectOptions?][] = [
    ['POST', '/json', 'GET, HEAD', csv],
    ['PUT', '/db', 'GET, HEAD', halfJson],
    ['OPTIONS', '/users', 'GET, HEAD, POST'],
    ['PATCH', '/users/no-number', 'DELETE, GET, HEAD, PUT'],
    ['TRACE', '/users/1', 'DELETE, GET, HEAD, PUT'],
    ['GET', '/links', 'POST'],
    ['DELETE', '/checkout', 'POST'],
  ]
  for (const [method, url, allow, rest] of wrong) {
    const answer = await app.inject({ ...rest, method, url } as InjectOptions)
    t.match(
      answer,
      {
        statusCode: 405,
        headers: { allow, server: 'gapwise', 'content-type': /^application\/problem\+json/ },
      },
      `${method} ${url}`,
    )
    t.match(answer.json(), { type: 'about:blank', title: 'Method Not Allowed', status: 405 })
  }
  t.match(await app.inject({ method: 'HEAD', url: '/links' }), { statusCode: 405, body: '' })
})

t.test('an unknown path is 404, whatever is sent to it', async (t) => {
  const app = await build(t, 'baseline')
  for (const rest of [{}, csv, halfJson])
    for (const method of ['POST', 'PUT', 'DELETE'] as const)
      t.match(await app.inject({ ...rest, method, url: '/no-such-path' }), { statusCode: 404 })
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PATCH'] as const)
    t.match(await app.inject({ method, url: '/json/' }), { statusCode: 404 })
})
