/** What is no request is answered with a problem too, and its connection is closed. */
import { once } from 'node:events'
import { connect, Socket } from 'node:net'
import t from 'tap'
import { answerClientError } from '../../src/client-error.ts'
import { build } from '../helpers/build.ts'

/** Sends bytes and reads until the server closes. */
async function ask(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  socket.write(bytes)
  await once(socket, 'close')
  return answer
}

/** One answer that the bytes hold, and nothing behind it. */
function problemIn(answer: string): unknown {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? []
  if (Buffer.byteLength(body) !== Number(length)) throw new Error(`not ${length} bytes: ${answer}`)
  return JSON.parse(body)
}

t.test('bytes that are no request, and headers that are too long', async (t) => {
  const app = await build(t, 'baseline')
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  for (const [bytes, status, title] of [
    ['no HTTP\r\n\r\n', 400, 'Bad Request'],
    [`GET /json?${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431, 'Request Header Fields Too Large'],
    [`GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const answer = await ask(Number(port), bytes)
    t.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
    for (const header of [
      'Server: gapwise',
      /Date: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/,
      'Connection: close',
      'Content-Type: application/problem+json; charset=utf-8',
    ])
      t.match(answer, header)
    t.match(problemIn(answer), { type: 'about:blank', title: title ?? String, status })
  }
  t.equal((await fetch(`http://127.0.0.1:${port}/json`)).status, 200, 'the server goes on')
})

t.test(
  'a request that takes too long is 408, and a connection that is gone is let go',
  async (t) => {
    for (const [code, expected] of [
      ['ERR_HTTP_REQUEST_TIMEOUT', /^HTTP\/1.1 408 Request Timeout\r\n/],
      ['ECONNRESET', /^$/],
    ] as const) {
      let written = ''
      const socket = new Socket()
      socket.write = (text: unknown): boolean => {
        written += String(text)
        return true
      }
      // As it would be over a connection.
      Object.defineProperty(socket, 'writable', { value: true })
      answerClientError(Object.assign(new Error('fault'), { code }), socket)
      t.match(written, expected, code)
      socket.destroy()
      t.ok(socket.destroyed)
    }
  },
)
