/** However answers are written, they are the same answers. */
import type { FastifyInstance, InjectOptions } from 'fastify'
import t from 'tap'
import { resolveProfile } from '../../../src/profile/resolve.ts'
import { hijackedWriter } from '../../../src/respond/hijacked.ts'
import { preserializedWriter } from '../../../src/respond/preserialized.ts'
import { build } from '../../helpers/build.ts'
import { connectionsOf } from '../../helpers/fake-driver.ts'

const json = { 'content-type': 'application/json' }
const asked: InjectOptions[] = [
  { url: '/json' },
  { url: '/json', method: 'HEAD' },
  { url: '/plaintext' },
  { url: '/plaintext', method: 'HEAD' },
  { url: '/healthz' },
  { url: '/readyz' },
  { url: '/no-such-path' },
  { url: '/users/no-number' },
  { url: '/users/1' },
  { url: '/users?limit=no' },
  { url: '/users', method: 'POST', headers: json, payload: '{"username":"x","extra":1}' },
  { url: '/users', method: 'POST', headers: json, payload: '{' },
  { url: '/users', method: 'POST', headers: { 'content-type': 'text/csv' }, payload: 'a,b' },
]

const driver = {
  name: 'one-user',
  open: async () =>
    connectionsOf({
      query: async <Row>() =>
        [
          {
            id: 1,
            username: 'ünï',
            email: 'a@b.de',
            age: 20,
            createdAt: new Date(0),
          },
        ] as Row[],
    }),
}

async function answersOf(app: FastifyInstance): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const each of asked) {
    const { statusCode, body, headers } = await app.inject(each)
    const { date: _date, 'content-length': length, ...others } = headers
    // Node writes a number as it writes text.
    answers.push({ ...each, statusCode, body, headers: { ...others, length: String(length) } })
  }
  return answers
}

const alternatives = [
  'native-serializer',
  'compile-per-request',
  'preserialized-payload',
  'preserialized-payload+response-schema',
  'preserialized-payload+native-serializer',
  'hijacked-reply',
  'hijacked-reply+response-schema',
  'hijacked-reply+compile-per-request',
]

for (const ready of [true, false])
  t.test(`a server that is ${ready ? '' : 'not '}ready`, async (t) => {
    const expected = await answersOf(await build(t, 'baseline', { driver, ready: () => ready }))
    for (const alternative of alternatives)
      t.strictSame(
        await answersOf(await build(t, `baseline+${alternative}`, { driver, ready: () => ready })),
        expected,
        alternative,
      )
  })

for (const writer of ['preserialized-payload', 'hijacked-reply'])
  t.test(`${writer}: a value that cannot be written is answered as an error`, async (t) => {
    const circular = {
      name: 'circular',
      open: async () =>
        connectionsOf({
          query: async <Row>() => {
            const row: Record<string, unknown> = {}
            row['self'] = row
            return [row] as Row[]
          },
        }),
    }
    const app = await build(t, `baseline+${writer}`, { driver: circular })
    const answer = await app.inject('/db')
    t.equal(answer.statusCode, 500)
    t.match(answer.headers['content-type'], 'application/problem+json')
  })

t.test('hijacked-reply loses onSend hooks on successes alone, its stated tradeoff', async (t) => {
  for (const [spec, marked] of [
    ['baseline', 'yes'],
    ['baseline+preserialized-payload', 'yes'],
    ['baseline+hijacked-reply', undefined],
  ] as const) {
    const app = await build(t, spec)
    app.addHook('onSend', async (_request, reply) => {
      reply.header('x-hook', 'yes')
    })
    t.equal((await app.inject('/json')).headers['x-hook'], marked, spec)
    t.equal((await app.inject('/no-such-path')).headers['x-hook'], 'yes', spec)
  }
})

t.test('two serializers or two writers do not live together', async (t) => {
  for (const [one, other] of [
    ['response-schema', 'native-serializer'],
    ['response-schema', 'compile-per-request'],
    ['native-serializer', 'compile-per-request'],
    ['preserialized-payload', 'hijacked-reply'],
  ]) {
    await t.rejects(
      resolveProfile(`baseline+${one}+${other}`),
      { code: 'TOGGLE_CLASH' },
      `${one} and ${other}`,
    )
  }
  await t.resolves(resolveProfile('serialized~response-schema+native-serializer'))
})

t.test('a handler without a promise stays without one', async (t) => {
  const endpoint = (await import('../../../src/endpoints/json.ts')).default
  for (const writer of [preserializedWriter, hijackedWriter]) {
    const written: unknown[] = []
    const reply = {
      statusCode: 200,
      sent: false,
      type: () => reply,
      getHeaders: () => ({}),
      hijack: () => reply,
      raw: { writeHead: () => {}, end: (text: unknown) => written.push(text) },
    }
    const route = { method: 'GET', url: '/json', handler: () => ({ message: 'hi' }) }
    const { handler } = writer(route, endpoint, () => undefined)
    const answer: unknown = Reflect.apply(handler, undefined, [{}, reply])
    t.equal(answer ?? written[0], '{"message":"hi"}')
  }
})
