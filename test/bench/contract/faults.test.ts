import t from 'tap'
import { postAnswers } from '../../../bench/data/posts.ts'
import { worldRandomNumber } from '../../../bench/data/world.ts'
import {
  json,
  postCount,
  problemsOf,
  right,
  row,
  rowCount,
  rows,
  text,
  whole,
} from './fixture-server.ts'
import type { Handler } from './fixture-server.ts'

const withHeader =
  (name: string, value: string | undefined): Handler =>
  (_url, response) => {
    response.setHeader('Content-Type', 'text/plain')
    if (value !== undefined) response.setHeader(name, value)
    else if (name === 'Date') response.sendDate = false
    else response.removeHeader(name)
    response.end('Hello, World!')
  }
const queries = (value: (url: URL) => unknown) => ({ '/queries': json(value) })
const first = row(1)

const faults: Record<string, [wrong: Record<string, Handler>, named: RegExp]> = {
  'another text': [{ '/plaintext': text('Hello, World') }, /\/plaintext: .*found "Hello, World"$/],
  'a text with a line end': [{ '/plaintext': text('Hello, World!\n') }, /\/plaintext: .*found/],
  'the wrong media type': [
    { '/plaintext': text('Hello, World!', 'text/html') },
    /\/plaintext: expected Content-Type text\/plain, found text\/html/,
  ],
  'another charset': [
    { '/plaintext': text('Hello, World!', 'text/plain; charset=latin1') },
    /\/plaintext: expected Content-Type text\/plain/,
  ],
  'no Server header': [{ '/plaintext': withHeader('Server', undefined) }, /a server header/],
  'no Date header': [{ '/plaintext': withHeader('Date', undefined) }, /a date header/],
  'a Date of another form': [
    { '/plaintext': withHeader('Date', new Date().toISOString()) },
    /Date in the form of RFC 9110/,
  ],
  'a frozen Date': [
    { '/plaintext': withHeader('Date', 'Fri, 21 Nov 2025 03:00:00 GMT') },
    /\/plaintext: expected a Date that moves on/,
  ],
  'a compressed answer': [
    { '/plaintext': withHeader('Content-Encoding', 'gzip') },
    /no Content-Encoding/,
  ],
  'an error': [
    { '/json': (_url, response) => response.writeHead(500).end('{"message":"Hello, World!"}') },
    /\/json: expected status 200, found 500 with /,
  ],
  'a key in the wrong case': [{ '/json': json(() => ({ Message: 'Hello, World!' })) }, /"Message"/],
  'a further key': [
    { '/json': json(() => ({ message: 'Hello, World!', extra: 1 })) },
    /found key "extra"/,
  ],
  'no answer': [{ '/json': (_url, response) => response.destroy() }, /\/json: expected an answer/],
  'JSON that is none': [
    {
      '/json': (_url, response) => response.setHeader('Content-Type', 'application/json').end('{'),
    },
    /\/json: .*found no JSON/,
  ],
  'a number that the row does not hold': [
    { '/db': json(() => ({ id: 5, randomNumber: 1 })) },
    /\/db: .*randomNumber 1 in row 5/,
  ],
  'a number as text': [
    { '/db': json(() => ({ ...row(5), randomNumber: String(worldRandomNumber(5)) })) },
    /\/db: .*randomNumber "/,
  ],
  'an array for one row': [{ '/db': json(() => [row()]) }, /\/db: .*found no object/],
  'always the same row': [{ '/db': json(() => first) }, /\/db: expected rows drawn anew/],
  'always the same rows': [
    queries((url) => Array.from({ length: rowCount(url) }, () => first)),
    /queries=20: expected rows drawn anew/,
  ],
  'one row too few': [
    queries((url) => rows(Math.max(1, rowCount(url) - 1))),
    /queries=20: expected 20 rows of table world, found 19 rows/,
  ],
  'no upper limit': [
    queries((url) => rows(Math.min(1000, Math.max(1, whole(url.searchParams.get('queries')))))),
    /queries=501: expected 500 rows of table world, found 501 rows/,
  ],
  'no rows for 0': [
    queries((url) => rows(url.searchParams.get('queries') === '0' ? 0 : rowCount(url))),
    /queries=0: expected 1 row of table world, found 0 rows/,
  ],
  'many rows where none are asked for': [
    queries((url) => rows(url.searchParams.has('queries') ? rowCount(url) : 20)),
    /GET \/queries: expected 1 row /,
  ],
  'a minus sign overlooked': [
    queries((url) => rows(url.searchParams.get('queries') === '-5' ? 5 : rowCount(url))),
    /queries=-5: expected 1 row /,
  ],
  'a fraction rounded': [
    queries((url) => rows(url.searchParams.get('queries') === '2.5' ? 2 : rowCount(url))),
    /queries=2\.5: expected 1 row /,
  ],
  'letters after a number overlooked': [
    queries((url) =>
      rows(Math.min(500, Number.parseInt(url.searchParams.get('queries') ?? '', 10) || 1)),
    ),
    /queries=5foo: expected 1 row /,
  ],
  'an exponent read': [
    queries((url) => rows(Math.min(500, Math.trunc(Number(url.searchParams.get('queries'))) || 1))),
    /queries=1e2: expected 1 row /,
  ],
  'a number that overflows': [
    queries((url) => rows(Math.min(500, Math.max(1, whole(url.searchParams.get('queries')) | 0)))),
    /queries=10{30}: expected 500 rows /,
  ],
  'another parameter': [
    { '/cached-queries': json((url) => rows(rowCount(url))) },
    /count=20: expected 20 rows of table world, found 1 row/,
  ],
  'cached rows that are none of the table': [
    {
      '/cached-queries': json((url) =>
        rows(rowCount(url, 'count')).map(({ id }) => ({ id, randomNumber: 1 })),
      ),
    },
    /count=500: .*randomNumber 1 in row/,
  ],
  'always the same cached rows': [
    {
      '/cached-queries': json((url) => Array.from({ length: rowCount(url, 'count') }, () => first)),
    },
    /count=20: expected rows drawn anew/,
  ],
  'a key given twice that breaks it': [
    {
      '/queries': (url, response, request) => {
        if (url.searchParams.getAll('queries').length > 1) response.writeHead(500).end('oops')
        else right['/queries']?.(url, response, request)
      },
    },
    /queries=2&queries=3: expected status 200, found 500/,
  ],
  'one wrong row among many': [
    queries((url) => [...rows(rowCount(url)).slice(1), { id: 7, randomNumber: 7 }]),
    /in row 7/,
  ],
  'posts in another order': [
    { '/posts': json((url) => postAnswers(postCount(url)).toReversed()) },
    /limit=100: .*found in post 1 id 100/,
  ],
  'posts without a limit': [
    { '/posts': json((url) => postAnswers(whole(url.searchParams.get('limit')) || 100)) },
    /limit=101: .*found 101 posts/,
  ],
  'text that is escaped twice': [
    {
      '/posts': json((url) =>
        postAnswers(postCount(url)).map((post) => ({
          ...post,
          body: post.body.replaceAll('<', '&lt;'),
        })),
      ),
    },
    /limit=100: .*found in post \d+ body/,
  ],
  'another instant': [
    {
      '/posts': json((url) =>
        postAnswers(postCount(url)).map((post) => ({
          ...post,
          createdAt: post.createdAt.replace('Z', '+01:00'),
        })),
      ),
    },
    /limit=100: .*found in post 1 createdAt/,
  ],
  'a date in words': [
    {
      '/posts': json((url) =>
        postAnswers(postCount(url)).map((post) => ({
          ...post,
          createdAt: new Date(post.createdAt).toUTCString(),
        })),
      ),
    },
    /no RFC 3339/,
  ],
  'an error for an unknown path': [
    { '*': (_url, response) => response.writeHead(500).end('oops') },
    /\/no-such-path: expected status 404, found 500/,
  ],
  'an answer for an unknown path': [{ '*': text('Hello') }, /\/no-such-path: expected status 404/],
  'bad health': [{ '/healthz': json(() => ({ status: 'down' })) }, /\/healthz: .*found/],
  'a strange readiness': [
    { '/readyz': (_url, response) => response.writeHead(500).end('{}') },
    /\/readyz: expected status 200 or 503, found 500/,
  ],
  'a profile without toggles': [{ '/profile': json(() => ({ runId: 'r' })) }, /toggles undefined/],
}

t.test('each planted fault is named', { jobs: 16 }, async (t) => {
  for (const [name, [wrong, named]] of Object.entries(faults))
    void t.test(name, async (t) => {
      const path = Object.keys(wrong)[0] ?? ''
      const problems = await problemsOf(wrong, [path === '*' ? 'healthz' : path.slice(1), 'json'])
      t.ok(
        problems.some((problem) => named.test(problem)),
        `${String(named)} among ${JSON.stringify(problems)}`,
      )
      const expected = path === '*' ? '/no-such-path' : path
      t.strictSame(
        problems.filter((problem) => !problem.includes(expected)),
        [],
        'nothing else is blamed',
      )
    })
})
