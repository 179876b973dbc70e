import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { Generator } from '../../../bench/engines/built-in/generator.ts'
import type { WindowErrors, WindowFill } from '../../../bench/engine.ts'
import type { Expectation, Workload } from '../../../bench/workload.ts'
import { answerOf, startRawServer } from '../../helpers/raw-server.ts'
import type { Respond } from '../../helpers/raw-server.ts'

const hello = answerOf('Hello, World!')
const chunked = (chunks: string, headers = '') =>
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n${headers}\r\n${chunks}`
const helloChunks = '7\r\nHello, \r\n6;ext=1\r\nWorld!\r\n0\r\n\r\n'

const workloadOf = (expect: Expectation): Workload => ({
  name: 'test',
  summary: 'test',
  endpoints: [],
  bottleneck: 'server',
  steps: () => [{ request: { method: 'GET', path: '/' }, expect }],
})

async function run(
  respond: Respond,
  expect: Expectation = { status: 200, body: 'Hello, World!' },
  options: {
    connections?: number
    minRequests?: number
    limitMs?: number
    fill?: WindowFill
  } = {},
) {
  await using server = await startRawServer(respond)
  const { limitMs = 5_000 } = options
  const generator = new Generator([{ id: 'arm', url: server.url }], 1, {
    loadWorkload: async () => workloadOf(expect),
    tag: 'test',
    limitMs: () => limitMs,
  })
  const reading = await generator.window({
    arm: 'arm',
    workload: 'test',
    connections: options.connections ?? 3,
    durationMs: 30,
    minRequests: options.minRequests ?? 5,
    ...(options.fill === undefined ? {} : { fill: options.fill }),
  })
  generator.close()
  return { reading, requests: server.requests(), connections: server.connections() }
}

async function inPieces(socket: Parameters<Respond>[0], pieces: Iterable<string>) {
  for (const piece of pieces) {
    socket.write(piece)
    await turn()
  }
}

const passing: Record<string, Respond> = {
  'answers that come whole': (socket) => socket.write(hello),
  'answers that come byte by byte': (socket) => void inPieces(socket, hello),
  'a head split in its last line': (socket) =>
    void inPieces(socket, [hello.slice(0, -15), hello.slice(-15)]),
  'a body split from its head': (socket) =>
    void inPieces(socket, [hello.slice(0, -13), hello.slice(-13)]),
  'header names in any case and odd spaces': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncOnTeNt-LeNgTh:   13  \r\n\r\nHello, World!'),
  'chunks in one piece': (socket) => socket.write(chunked(helloChunks)),
  'chunks byte by byte, with trailers': (socket) =>
    void inPieces(socket, chunked('d\r\nHello, World!\r\n0\r\nX-Sum: 1\r\n\r\n')),
  'interim answers before the real one': (socket) =>
    socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${hello}`),
  'a Date that changes, and a length that grows by zeros': (socket, number) =>
    socket.write(
      `HTTP/1.1 200 OK\r\nDate: ${number}\r\nContent-Length: ${'0'.repeat(number % 3)}13\r\n\r\nHello, World!`,
    ),
}
for (const [name, respond] of Object.entries(passing))
  t.test(`${name} are counted as they are`, async (t) => {
    const { reading, requests, connections } = await run(respond)
    t.strictSame(reading.errors, { status: 0, body: 0, socket: 0, timeout: 0 })
    t.equal(reading.firstError, undefined)
    t.equal(reading.requests, requests, 'the engine and the server count the same')
    t.ok(requests >= 5, 'at least minRequests')
    t.equal(connections, 3, 'connections are kept')
    t.ok(reading.elapsedNs > 0 && reading.generatorCpuNs > 0)
  })

const closing: Record<string, Respond> = {
  'Connection: close': (socket) =>
    socket.end(answerOf('Hello, World!', '200 OK', 'Connection: close\r\n')),
  'a close after an answer of HTTP/1.0': (socket) =>
    socket.end('HTTP/1.0 200 OK\r\nContent-Length: 13\r\n\r\nHello, World!'),
  'a body that ends with the connection': (socket) =>
    socket.end('HTTP/1.1 200 OK\r\n\r\nHello, World!'),
  'a body that ends with the connection, in pieces': (socket) =>
    void inPieces(socket, 'HTTP/1.1 200 OK\r\n\r\nHello, World!').then(() => socket.end()),
}
for (const [name, respond] of Object.entries(closing))
  t.test(`after ${name} the engine connects again, without an error`, async (t) => {
    const { reading, requests, connections } = await run(respond)
    t.equal(reading.firstError, undefined)
    t.equal(reading.requests, requests)
    t.ok(connections >= requests, 'a connection for each request')
  })

/** Every third answer is bad. */
const third =
  (bad: Respond): Respond =>
  (socket, number, head) =>
    number % 3 === 0 ? bad(socket, number, head) : socket.write(hello)
const failing: Record<string, [keyof WindowErrors, RegExp, Respond]> = {
  'a wrong status': [
    'status',
    /expected status 200, found 503/,
    (socket) => socket.write(answerOf('Hello, World!', '503 Service Unavailable')),
  ],
  'a wrong status in a head that is otherwise the same': [
    'status',
    /found 502/,
    (socket) => socket.write(answerOf('Hello, World!', '502 OK')),
  ],
  'an answer without a body where one is due': [
    'status',
    /found 204/,
    (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
  ],
  'a wrong body of the right length': [
    'body',
    /expected the body "Hello, World!", found "Hello, world!"/,
    (socket) => socket.write(answerOf('Hello, world!')),
  ],
  'a body that is too long': [
    'body',
    /found "Hello, World!!"/,
    (socket) => socket.write(answerOf('Hello, World!!')),
  ],
  'two answers at once': ['body', /bytes after the end/, (socket) => socket.write(hello + hello)],
  'something that is not HTTP': ['body', /no HTTP\/1/, (socket) => socket.write('SSH-2.0-hm\r\n')],
  'a length that is no number': [
    'body',
    /Content-Length/,
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\nH'),
  ],
  'a chunk longer than its size': [
    'body',
    /chunk/,
    (socket) => socket.write(chunked('3\r\nHello, World!\r\n0\r\n\r\n')),
  ],
  'a connection closed in mid-answer': [
    'socket',
    /closed/,
    (socket) => socket.end(hello.slice(0, -5)),
  ],
  'a connection closed before any byte': ['socket', /closed/, (socket) => socket.end()],
  'a connection that is reset': ['socket', /ECONNRESET/, (socket) => socket.resetAndDestroy()],
}
for (const [name, [kind, reason, bad]] of Object.entries(failing))
  t.test(`${name} is one error and never a request`, async (t) => {
    const { reading, requests } = await run(third(bad), undefined, { minRequests: 9 })
    const failed = Math.floor(requests / 3)
    t.ok(failed > 0, 'the fault was played')
    t.strictSame(reading.errors, { status: 0, body: 0, socket: 0, timeout: 0, [kind]: failed })
    t.equal(reading.requests, requests - failed, 'each other answer counts')
    t.match(reading.firstError, reason)
  })

t.test('a body that is fixed only for one contender is kept from its first answer', async (t) => {
  const expect: Expectation = {
    status: 200,
    deterministic: true,
    check: (body) => (body.startsWith('{') ? undefined : `found ${body}`),
  }
  const { reading, requests } = await run(
    (socket, number) => socket.write(answerOf(number % 5 === 0 ? '{"a":2}' : '{"a":1}')),
    expect,
    { connections: 1, minRequests: 10 },
  )
  const others = Math.floor(requests / 5)
  t.ok(others > 0)
  t.equal(reading.errors.body, others)
  t.equal(reading.requests, requests - others)
  t.match(reading.firstError, /expected the body "\{\\"a\\":1\}"/)
})

t.test('every answer is checked where bodies differ', async (t) => {
  const expect: Expectation = {
    status: 200,
    check: (body) => (Number(body) % 4 === 0 ? `found ${body}` : undefined),
  }
  const { reading, requests } = await run(
    (socket, number) => socket.write(answerOf(String(number))),
    expect,
    { minRequests: 20 },
  )
  t.ok(requests >= 20)
  t.equal(reading.errors.body, Math.floor(requests / 4))
  t.equal(reading.requests, requests - Math.floor(requests / 4))
})

t.test('answers larger than one read are put together', async (t) => {
  const large = 'x'.repeat(300_000)
  const { reading, requests } = await run((socket) => socket.write(answerOf(large)), {
    status: 200,
    body: large,
  })
  t.equal(reading.firstError, undefined)
  t.equal(reading.requests, requests)
})

t.test('a request without an answer is a timeout, and the window ends', async (t) => {
  const { reading, requests } = await run(
    (socket, number) => (number === 4 ? undefined : socket.write(hello)),
    undefined,
    { limitMs: 200 },
  )
  t.strictSame(reading.errors, { status: 0, body: 0, socket: 0, timeout: 1 })
  t.equal(reading.requests, requests - 1)
  t.match(reading.firstError, /no answer within 200 ms/)
})

t.test('a slow server goes on past the duration until minRequests are in', async (t) => {
  const { reading, requests } = await run(
    (socket) => void setTimeout(() => socket.write(hello), 20),
    undefined,
    { connections: 2, minRequests: 10 },
  )
  t.equal(reading.requests, requests)
  t.ok(reading.requests >= 10 && reading.requests <= 11, `${reading.requests} requests`)
  t.ok(reading.elapsedNs >= 95e6, 'five answers of 20 ms on each connection')
})

t.test('a window with few answers goes on for more, but not beyond its limit', async (t) => {
  const slow: Respond = (socket) => void setTimeout(() => socket.write(hello), 20)
  const least = { connections: 2, minRequests: 2 }
  const filled = await run(slow, undefined, { ...least, fill: { requests: 12, untilMs: 5_000 } })
  t.ok(filled.reading.requests >= 12 && filled.reading.requests <= 13, 'as many as were wanted')
  const cut = await run(slow, undefined, { ...least, fill: { requests: 1_000, untilMs: 60 } })
  t.ok(cut.reading.requests < 1_000, 'and then no more')
  t.strictSame(cut.reading.errors, { status: 0, body: 0, socket: 0, timeout: 0 })
})
