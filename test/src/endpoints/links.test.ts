import t, { type Test } from 'tap'
import { seededLink } from '../../../bench/data/links.ts'
import { build } from '../../helpers/build.ts'
import { connectionsOf } from '../../helpers/fake-driver.ts'
import { startApp } from '../../helpers/start-app.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'

/** A database where so many codes are taken before one is free; it keeps the codes that were tried. */
async function appWithTaken(t: Test, taken: number) {
  const codes: unknown[] = []
  const driver = {
    name: 'full',
    open: async () =>
      connectionsOf({
        query: async <Row>(_statement: unknown, [code]: readonly unknown[]) =>
          (codes.push(code) > taken ? [{ code }] : []) as Row[],
      }),
  }
  return { app: await build(t, 'baseline', { driver }), codes }
}

const post = (url: unknown) => ({ method: 'POST' as const, url: '/links', payload: { url } })

t.test('a code that is taken is drawn again', async (t) => {
  const { app, codes } = await appWithTaken(t, 3)
  const answer = await app.inject(post('https://example.com'))
  t.equal(answer.statusCode, 201)
  t.equal(codes.length, 4)
  t.equal(new Set(codes).size, 4, 'each time another one')
  t.strictSame(answer.json(), { code: codes[3], url: 'https://example.com' })
  t.equal(answer.headers['location'], `/l/${String(codes[3])}`)
  for (const code of codes) t.match(code, /^[0-9a-z]{7}$/)
})

t.test('where every code is taken it ends', async (t) => {
  const { app, codes } = await appWithTaken(t, Number.POSITIVE_INFINITY)
  t.equal((await app.inject(post('https://example.com'))).statusCode, 500)
  t.equal(codes.length, 5)
})

t.test('a link leads to its URL as it was given', async (t) => {
  const { postgres } = await openTestPostgres(t)
  const { app } = await startApp(t, 'baseline', await postgres.createDatabase('links'))
  for (const url of [
    'http://a',
    'https://example.com.',
    'https://xn--bcher-kva.example/',
    'http://1.2.3.4:0',
    'https://example.com:00080/',
    'https://example.com:9999/a:99999/b..c',
    'https://example.com:59999?..',
    'https://example.com:60000#',
    'https://example.com:65535',
    'https://example.com:8443/a//b/../c?d=%00&e=f#g',
    'https://example.com/%F0%9F%99%82',
    'https://example.com/<script>"\'',
  ]) {
    const made = await app.inject(post(url))
    t.equal(made.statusCode, 201, url)
    const follow = await app.inject(String(made.headers['location']))
    t.equal(follow.statusCode, 302)
    t.equal(follow.headers['location'], url)
    t.equal(follow.body, '')
  }
  const { code, url } = seededLink(7)
  const head = await app.inject({ method: 'HEAD', url: `/l/${code}` })
  t.equal(head.statusCode, 302)
  t.equal(head.headers['location'], url)

  for (const url of [
    'HTTP://example.com',
    'https://example..com/',
    'https://example.com../',
    'https://.example.com/',
    'https://./',
    'https://example.com:65536/',
    'https://example.com:66000/',
    'https://example.com:70000/',
    'https://example.com:99999/',
    'https://example.com:100000/',
    `https://${'a'.repeat(1500)}..com`,
    'https://exämple.com/',
    'https://example.com/🙂',
    'https://example.com/\u007f',
    'https://example.com/\t',
    'https://[::1]/',
    'https://[',
    'https://user:secret@example.com/',
    'https://?',
    'https://#',
    'http:example.com',
    'data:text/html,x',
  ])
    t.equal((await app.inject(post(url))).statusCode, 422, JSON.stringify(url))
  for (const path of ['/l/', '/l/%00%00%00%00%00%00%00', `/l/${code.toUpperCase()}x`, '/l/../x'])
    t.equal((await app.inject(path)).statusCode, 404, path)
})
