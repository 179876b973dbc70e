import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { Generator, cursorOf } from '../../../bench/engines/built-in/generator.ts'
import type { Workload } from '../../../bench/workload.ts'
import { answerOf, startRawServer } from '../../helpers/raw-server.ts'

const numbered: Workload = {
  name: 'numbered',
  summary: 'test',
  endpoints: [],
  bottleneck: 'server',
  steps: (seed) =>
    Array.from({ length: 10 }, (_, index) => ({
      request: { method: 'GET', path: `/${seed}/${index}` },
      expect: { status: 200, body: 'ok' },
    })),
}
const order = { workload: 'numbered', durationMs: 20, minRequests: 8 } as const
const loadWorkload = async () => numbered
const tag = 'test'

t.test('each arm gets the same stream in its windows, and its own Host', async (t) => {
  const sent: Record<string, string[]> = { a: [], b: [] }
  const record = (id: string) =>
    startRawServer((socket, _number, head) => {
      sent[id]?.push(head)
      socket.write(answerOf('ok'))
    })
  await using a = await record('a')
  await using b = await record('b')
  const arms = [
    { id: 'a', url: a.url },
    { id: 'b', url: new URL('/base/', b.url) },
  ]
  const generator = new Generator(arms, 7, { loadWorkload, tag })
  const paths = (id: string) =>
    (sent[id] ?? []).slice(0, 8).map((head) => /^GET (\S+)/.exec(head)?.[1])
  for (const window of [0, 1]) {
    sent['a'] = []
    sent['b'] = []
    for (const arm of ['a', 'b']) await generator.window({ ...order, arm, connections: 1 })
    const expected = Array.from(
      { length: 8 },
      (_, index) => `/7/${(cursorOf(0, 1, window, 10) + index) % 10}`,
    )
    t.strictSame(paths('a'), expected, `window ${window} of arm a`)
    t.strictSame(
      paths('b'),
      expected.map((path) => `/base${path}`),
      `window ${window} of arm b, below its own path`,
    )
  }
  t.match(sent['a']?.[0], `Host: ${a.url.host}`)
  t.match(sent['b']?.[0], `Host: ${b.url.host}`)
  generator.close()
})

t.test('connections start at places of their own in the cycle', async (t) => {
  const starts = Array.from({ length: 4 }, (_, index) => cursorOf(index, 4, 0, 100))
  t.strictSame(starts, [0, 25, 50, 75])
  t.not(cursorOf(0, 4, 1, 100), 0, 'the next window starts elsewhere')
  for (let window = 0; window < 1000; window++) {
    const cursor = cursorOf(3, 4, window, 7)
    if (!Number.isInteger(cursor) || cursor < 0 || cursor >= 7) t.fail(`cursor ${cursor}`)
  }
})

t.test('connections are kept between windows and between numbers of them', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf('ok')))
  const generator = new Generator([{ id: 'a', url: server.url }], 1, { loadWorkload, tag })
  for (const connections of [2, 5, 1, 5]) {
    const { errors } = await generator.window({ ...order, arm: 'a', connections })
    t.strictSame(errors, { status: 0, body: 0, socket: 0, timeout: 0 })
  }
  t.equal(server.connections(), 5)
  generator.close()
})

t.test('a connection closed as idle is opened again without an error', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf('ok')))
  const generator = new Generator([{ id: 'a', url: server.url }], 1, { loadWorkload, tag })
  const window = () => generator.window({ ...order, arm: 'a', connections: 4 })
  await window()
  server.closeIdle()
  await sleep(20)
  t.equal((await window()).firstError, undefined, 'the close was seen before the window')
  t.equal(server.connections(), 8)
  server.closeIdle()
  const { requests, firstError } = await window()
  t.equal(firstError, undefined, 'the close crosses the first request')
  t.ok(requests >= order.minRequests)
  t.equal(server.connections(), 12)
  generator.close()
})

t.test(
  'a server that is gone gives socket errors, without spinning, and the window ends',
  async (t) => {
    const server = await startRawServer((socket) => socket.write(answerOf('ok')))
    const { url } = server
    await server[Symbol.asyncDispose]()
    const generator = new Generator([{ id: 'a', url }], 1, { loadWorkload, tag })
    const reading = await generator.window({ ...order, arm: 'a', connections: 4, durationMs: 300 })
    t.equal(reading.requests, 0)
    t.ok(reading.errors.socket >= 4, 'each connection has tried')
    t.ok(reading.errors.socket <= 4 * 15, `${reading.errors.socket} tries`)
    t.match(reading.firstError, /ECONNREFUSED/)
    generator.close()
  },
)

t.test('an unknown arm is an error', async (t) => {
  const generator = new Generator([], 1, { loadWorkload, tag })
  await t.rejects(generator.window({ ...order, arm: 'x', connections: 1 }), /No arm is called "x"/)
})
