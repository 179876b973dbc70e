/** What the contract leaves open, or cannot ask of other languages: our own users on a real database. */
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { startApp } from '../../helpers/start-app.ts'

const services = await openTestPostgres(t)
let databases = 0

async function start(t: Test): Promise<FastifyInstance> {
  const databaseUrl = await services.postgres.createDatabase(`users-${databases++}`)
  return (await startApp(t, 'baseline', databaseUrl)).app
}

const good = { username: 'ada.lovelace', email: 'ada@example.com', age: 36 }
const asJson = { 'content-type': 'application/json' }

t.test('a user is made, read, replaced and removed', async (t) => {
  const app = await start(t)
  const made = await app.inject({ method: 'POST', url: '/users', payload: good })
  t.equal(made.statusCode, 201)
  t.equal(made.headers['location'], '/users/1001')
  const user = made.json<{ createdAt: string }>()
  t.strictSame(Object.keys(user), ['id', 'username', 'email', 'age', 'createdAt'])
  t.match(user, { id: 1001, ...good })
  t.strictSame((await app.inject('/users/1001')).json(), user)

  const next = { username: 'countess', email: 'ada@example.org', age: 37 }
  const replaced = await app.inject({ method: 'PUT', url: '/users/1001', payload: next })
  t.equal(replaced.statusCode, 200)
  t.strictSame(replaced.json(), { ...user, ...next })
  t.strictSame((await app.inject('/users/1001')).json(), { ...user, ...next })

  const removed = await app.inject({ method: 'DELETE', url: '/users/1001' })
  t.match(removed, { statusCode: 204, body: '' })
  t.equal((await app.inject('/users/1001')).statusCode, 404)
})

t.test('what a removal says of a body that it has not does not matter', async (t) => {
  const app = await start(t)
  const types = ['application/json', 'application/json; charset=utf-8', 'text/plain', 'nonsense']
  for (const [index, type] of types.entries()) {
    const url = `/users/${index + 1}`
    const request = { method: 'DELETE' as const, url, headers: { 'content-type': type } }
    t.match(await app.inject(request), { statusCode: 204, body: '' }, type)
    t.equal((await app.inject(request)).statusCode, 404, type)
    const empty = { ...request, headers: { ...request.headers, 'content-length': '0' } }
    t.equal((await app.inject(empty)).statusCode, 404, `${type} of 0 bytes`)
  }
  const [type] = types
  const broken = { method: 'DELETE' as const, url: '/users/9', headers: { 'content-type': type } }
  t.equal(
    (await app.inject({ ...broken, payload: '{' })).statusCode,
    400,
    'one that it has is read',
  )
  t.equal((await app.inject('/users/9')).statusCode, 200)
})

t.test('a part of a user is no replacement', async (t) => {
  const app = await start(t)
  const { username: _left, ...rest } = good
  const answer = await app.inject({ method: 'PUT', url: '/users/1', payload: rest })
  t.equal(answer.statusCode, 422)
  t.match(answer.json(), { errors: [{ field: 'username', message: /required/ }] })
})

t.test('HEAD is answered as Fastify does', async (t) => {
  const app = await start(t)
  const [get, head] = await Promise.all([
    app.inject('/users/42'),
    app.inject({ method: 'HEAD', url: '/users/42' }),
  ])
  t.match(head, { statusCode: 200, body: '' })
  t.equal(head.headers['content-length'], get.headers['content-length'])
  t.equal((await app.inject({ method: 'HEAD', url: '/users' })).statusCode, 200)
  t.equal((await app.inject({ method: 'HEAD', url: '/users/0' })).statusCode, 404)
})

t.test('every limit of a field is inside on one side and outside on the other', async (t) => {
  const app = await start(t)
  const limits: [wrong: Partial<Record<keyof typeof good, unknown>>, status: number][] = [
    [{ username: 'abc' }, 201],
    [{ username: 'ab' }, 422],
    [{ username: 'x'.repeat(50) }, 201],
    [{ username: 'x'.repeat(51) }, 422],
    [{ username: '._-' }, 201],
    [{ username: 'abc\n' }, 422],
    [{ username: 'abc/' }, 422],
    [{ age: 18 }, 201],
    [{ age: 17 }, 422],
    [{ age: 150 }, 201],
    [{ age: 151 }, 422],
    [{ age: 18.000_001 }, 422],
    [{ email: `a@${'b'.repeat(60)}.${'c.'.repeat(94)}com` }, 201],
    [{ email: `a@${'b'.repeat(61)}.${'c.'.repeat(94)}com` }, 422],
  ]
  for (const [index, [wrong, status]] of limits.entries()) {
    const payload = { username: `u-${index}`, email: `u-${index}@example.com`, age: 20, ...wrong }
    const answer = await app.inject({ method: 'POST', url: '/users', payload })
    t.equal(answer.statusCode, status, JSON.stringify(wrong).slice(0, 60))
  }
})

t.test('bodies that are traps are refused, and none is a fault of the server', async (t) => {
  const app = await start(t)
  const text = JSON.stringify(good).slice(1)
  const bodies: Record<string, [body: string, status: number]> = {
    'a prototype': [`{"__proto__":{"admin":true},${text}`, 400],
    'a prototype in disguise': [`{"\\u005f_proto__":1,${text}`, 400],
    "a constructor's prototype": [`{"constructor":{"prototype":{}},${text}`, 400],
    'a constructor': [`{"constructor":1,${text}`, 422],
    'toString as a field': [`{"toString":"x",${text}`, 422],
    'no fields but inherited ones': ['{"hasOwnProperty":1}', 422],
    'a number beyond all': ['{"username":"abc","email":"a@example.com","age":1e400}', 422],
    'a number below all': ['{"username":"abc","email":"a@example.com","age":-1e400}', 422],
    'half of a character': ['{"username":"abc\\ud800","email":"a@example.com","age":18}', 422],
    'half of a character in an address': [
      '{"username":"abc","email":"a\\udfff@example.com","age":18}',
      422,
    ],
    'an array nested deeply': ['['.repeat(30_000) + ']'.repeat(30_000), 422],
    'a thousand fields': [
      JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`f${n}`, n]))),
      422,
    ],
    nothing: ['', 400],
    spaces: ['   ', 400],
    'more than 64 kB': [JSON.stringify({ ...good, padding: 'x'.repeat(65_536) }), 413],
  }
  for (const [name, [payload, status]] of Object.entries(bodies))
    for (const request of [
      { method: 'POST', url: '/users' },
      { method: 'PUT', url: '/users/1' },
    ] as const) {
      const answer = await app.inject({ ...request, headers: asJson, payload })
      t.equal(answer.statusCode, status, `${name}: ${request.method}`)
      t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', name)
      t.match(answer.json(), { status }, name)
    }
  t.match((await app.inject('/users/1')).json(), { username: 'user0001' }, 'nothing was written')
})

t.test('bytes that are no UTF-8 are never a fault of the server', async (t) => {
  const app = await start(t)
  const payload = Buffer.from(
    '{"username":"ab\xff\xfe","email":"a@example.com","age":18}',
    'latin1',
  )
  const answer = await app.inject({ method: 'POST', url: '/users', headers: asJson, payload })
  t.equal(answer.statusCode, 422)
})

t.test('a refusal names every field, and has at most twenty entries', async (t) => {
  const app = await start(t)
  const wrong = { username: '!', email: 'x'.repeat(300), age: 'x' }
  const answer = await app.inject({ method: 'POST', url: '/users', payload: wrong })
  const { errors } = answer.json<{ errors: { field: string }[] }>()
  t.strictSame(
    [...new Set(errors.map(({ field }) => field))].toSorted(),
    ['age', 'email', 'username'],
    'by name',
  )
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${n}`, n]))
  const long = await app.inject({ method: 'POST', url: '/users', payload: many })
  t.equal(long.json<{ errors: unknown[] }>().errors.length, 20)
})

t.test('a value that is taken is 409 and says so', async (t) => {
  const app = await start(t)
  const payload = { username: 'user0007', email: 'new@example.com', age: 20 }
  const answer = await app.inject({ method: 'POST', url: '/users', payload })
  t.equal(answer.statusCode, 409)
  t.match(answer.json(), { status: 409, title: 'Conflict', detail: /taken/ })
})

t.test(
  'ids that cannot be, and paths that are none, are never a fault of the server',
  async (t) => {
    const app = await start(t)
    const ids = ['abc', '0', '-1', '01', '1e3', '1.0', '0x1', '+1', '%201', '1%20', '%00', '1%00']
    const more = [
      '2147483648',
      '9999999999',
      '9'.repeat(90),
      '9'.repeat(5000),
      '%F0%9F%99%82',
      "'--",
    ]
    for (const id of [...ids, ...more])
      for (const method of ['GET', 'DELETE', 'PUT'] as const) {
        const payload = method === 'PUT' ? { payload: good } : {}
        const answer = await app.inject({ method, url: `/users/${id}`, ...payload })
        t.equal(answer.statusCode, 404, `${method} ${id.slice(0, 20)}`)
      }
    for (const url of ['/users/%', '/users/%ff', '/users/%zz']) {
      const answer = await app.inject(url)
      t.match(answer.json(), { status: 400 }, url)
      t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
      t.equal(answer.headers['server'], 'gapwise')
    }
    t.equal((await app.inject('/users/1')).statusCode, 200)
  },
)

t.test('pages are read by cursors of any size', async (t) => {
  const app = await start(t)
  const ids = async (query: string): Promise<number[]> =>
    (await app.inject(`/users${query}`)).json<{ id: number }[]>().map(({ id }) => id)
  t.strictSame(
    await ids(''),
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
  t.strictSame(await ids('?after=998&limit=100'), [999, 1000])
  t.strictSame(await ids('?after=00042&limit=1'), [43])
  t.strictSame(await ids('?after=2147483647'), [])
  t.strictSame(await ids(`?after=${'9'.repeat(400)}`), [])
  t.strictSame(await ids('?after=5&limit=2&unknown=x'), [6, 7], 'other keys do not matter')
  for (const query of ['?limit=05', '?limit=+5', '?after=%C2%B2', '?limit=1&limit=2'])
    t.equal((await app.inject(`/users${query}`)).statusCode, 422, query)
})
