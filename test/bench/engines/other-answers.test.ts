import t from 'tap'
import { Exchange } from '../../../bench/engines/built-in/exchange.ts'
import type { Verdict } from '../../../bench/engines/built-in/exchange.ts'
import type { Expectation, Request } from '../../../bench/workload.ts'
import { answerOf } from '../../helpers/raw-server.ts'

const arm = { id: 'a', url: new URL('http://127.0.0.1:1') }
const exchangeOf = (expect: Expectation, request: Partial<Request> = {}): Exchange =>
  new Exchange(arm, { request: { method: 'GET', path: '/', ...request }, expect })

/** Judges an answer that came whole. */
const judge = (exchange: Exchange, answer: string): Verdict => {
  const bytes = Buffer.from(answer)
  return exchange.judge(bytes, bytes.length, false)
}
const judgeTwice = (exchange: Exchange, answer: string): string[] => [
  judge(exchange, answer).outcome,
  judge(exchange, answer).outcome,
]

t.test('204 has no body, whatever its head says of one', async (t) => {
  const bare = 'HTTP/1.1 204 No Content\r\nServer: raw\r\nDate: 1\r\n\r\n'
  const exchange = exchangeOf({ status: 204 })
  t.strictSame(judgeTwice(exchange, bare), ['passed', 'passed'])
  t.equal(judge(exchange, bare.replace('Date: 1', 'Date: 2')).outcome, 'passed')
  t.equal(judge(exchange, bare.slice(0, -1)).outcome, 'incomplete')
  t.ok(judge(exchange, bare).keepAlive)
  t.equal(
    judge(exchange, bare.replace('Date: 1', 'Content-Length: 0')).outcome,
    'passed',
    'a length of 0 is no harm',
  )
  t.match(judge(exchange, `${bare}{}`), { outcome: 'body', keepAlive: false, reason: /2 bytes/ })
  t.match(judge(exchange, answerOf('')), { outcome: 'status', reason: /found 200/ })
  t.strictSame(
    judge(exchange, bare.replace('Date: 1', 'Connection: close')),
    { outcome: 'passed', keepAlive: false, reason: '' },
    'the connection ends with it',
  )
})

t.test('a 302 is judged by its Location', async (t) => {
  const found = (location: string, body = '') =>
    answerOf(body, '302 Found', `Location: ${location}\r\n`)
  const exact = exchangeOf({ status: 302, headers: { location: 'https://example.org/Path?q=1' } })
  t.strictSame(judgeTwice(exact, found('https://example.org/Path?q=1')), ['passed', 'passed'])
  t.strictSame(
    judgeTwice(exact, found('https://example.org/Path?q=1', '<a>Found</a>')),
    ['passed', 'passed'],
    'a body is not asked for',
  )
  t.match(judge(exact, found('https://example.org/path?q=1')), {
    outcome: 'body',
    keepAlive: true,
    reason:
      'GET /: expected the header location: https://example.org/Path?q=1, found "https://example.org/path?q=1"',
  })
  t.match(judge(exact, answerOf('', '302 Found')), { outcome: 'body', reason: /found none/ })

  const pattern = exchangeOf({ status: 302, body: '', headers: { location: /^https:/g } })
  t.strictSame(judgeTwice(pattern, found('https://a')), ['passed', 'passed'])
  t.strictSame(
    judgeTwice(pattern, found('https://b')),
    ['passed', 'passed'],
    'the flag g is no trap',
  )
  t.equal(judge(pattern, found('http://a')).outcome, 'body')
  t.equal(judge(pattern, found('https://a', 'x')).outcome, 'body', 'the body is looked at, too')
})

t.test('every header that is named must be there', async (t) => {
  const headers = { 'content-type': /^application\/problem\+json\b/, 'x-id': '7' }
  const exchange = exchangeOf({ status: 200, headers })
  const answer = (type: string, id: string) =>
    `HTTP/1.1 200 OK\r\ncontent-TYPE:${type}\r\nX-ID: ${id} \r\nContent-Length: 0\r\n\r\n`
  t.equal(judge(exchange, answer('application/problem+json; charset=utf-8', '7')).outcome, 'passed')
  t.equal(judge(exchange, answer('application/json', '7')).outcome, 'body')
  t.equal(judge(exchange, answer('application/problem+json', '77')).outcome, 'body')
})

t.test('bodies of errors are compared as those of any answer', async (t) => {
  let checks = 0
  const exchange = exchangeOf({
    status: 422,
    deterministic: true,
    check: (body) => {
      checks++
      return body.includes('username') ? undefined : 'no field'
    },
  })
  const refused = (body: string, date = '1') =>
    answerOf(body, '422 Unprocessable Content', `X-Date: ${date}\r\n`)
  t.match(judge(exchange, refused('{}')), { outcome: 'body', reason: /no field/ })
  t.strictSame(judgeTwice(exchange, refused('{"username":1}')), ['passed', 'passed'])
  t.equal(judge(exchange, refused('{"username":1}', '2')).outcome, 'passed')
  t.match(judge(exchange, refused('{"username":2}')), {
    outcome: 'body',
    reason: /expected the body/,
  })
  t.equal(checks, 2, 'checked until one passes, then compared')
  t.match(judge(exchange, answerOf('{"username":1}')), { outcome: 'status', reason: /found 200/ })
})

t.test('a request that asks to close has answers that do', async (t) => {
  const headers = { connection: 'Close' }
  const exchange = exchangeOf({ status: 200, body: 'ok' }, { headers })
  t.ok(exchange.closes)
  t.match(exchange.request.toString(), /\r\nconnection: Close\r\n/)
  for (const answer of [answerOf('ok'), answerOf('ok', '200 OK', 'Connection: close\r\n')])
    t.strictSame(judge(exchange, answer), { outcome: 'passed', keepAlive: false, reason: '' })
  t.notOk(exchangeOf({ status: 200 }).closes)
})

t.test('a method that usually has a body says when it has none', async (t) => {
  const sent = (method: Request['method'], body?: string) =>
    exchangeOf(
      { status: 200 },
      { method, ...(body === undefined ? {} : { body }) },
    ).request.toString()
  t.match(sent('POST'), /\r\nContent-Length: 0\r\n\r\n$/)
  t.match(sent('PUT', 'é'), /\r\nContent-Length: 2\r\n\r\né$/)
  t.notMatch(sent('GET'), /Content-Length/)
  t.notMatch(sent('DELETE'), /Content-Length/)
})
