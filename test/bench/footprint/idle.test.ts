/** Idle connections: how many may be opened, and when their memory is not known. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import t, { type Test } from 'tap'
import { allowedConnections, idleRules, measureIdle } from '../../../bench/footprint/idle.ts'

const rules = { ...idleRules, connections: 20, dialled: 7, firstRequests: 3, stepMs: 1 }

const listen = async (t: Test, listener: RequestListener): Promise<URL> => {
  const server = createServer(listener)
  t.teardown(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return new URL(`http://127.0.0.1:${port}/`)
}

const self = (): number[] => [process.pid]

t.test('limits on open files lower the number, with the reason', async (t) => {
  t.same(allowedConnections(20_000, 20_000), { count: 2_000 })
  t.same(allowedConnections(undefined, undefined), { count: 2_000 })
  t.same(allowedConnections(20_000, 1_024), {
    count: 824,
    fewer: 'the server may open 1024 files (ulimit -n)',
  })
  t.same(allowedConnections(100, 1_024), {
    count: 0,
    fewer: 'the bench may open 100 files (ulimit -n)',
  })
})

t.test('each connection asks once, the first a few times more', async (t) => {
  let asked = 0
  const url = await listen(t, (_request, response) => {
    asked++
    response.end('ok')
  })
  const seen = await measureIdle(url, '/json', self, rules)
  t.match(seen, { idle: { connections: 20, withoutBytes: Number, withBytes: Number } })
  t.equal(asked, rules.connections + rules.firstRequests)
})

t.test('an answer is read to its end, in however many pieces it comes', async (t) => {
  const pieces: Readonly<Record<string, RequestListener>> = {
    'head and body apart': (_request, response) => {
      response.setHeader('content-length', 4)
      response.write('ab')
      setTimeout(() => response.end('cd'), 2)
    },
    chunks: (_request, response) => {
      response.write('ab')
      setTimeout(() => response.end('cd'), 2)
    },
  }
  for (const [title, listener] of Object.entries(pieces)) {
    const url = await listen(t, listener)
    t.match(await measureIdle(url, '/', self, rules), { idle: { connections: 20 } }, title)
  }
})

t.test('a server that closes connections has no figure', async (t) => {
  const closing = await listen(t, (_request, response) => {
    response.setHeader('connection', 'close').end('ok')
  })
  t.match(await measureIdle(closing, '/', self, { ...rules, firstRequests: 1 }), {
    unknown: 'it kept only 0 of 20 idle connections',
  })
  const refusing = await listen(t, (_request, response) => response.writeHead(404).end())
  t.match(await measureIdle(refusing, '/', self, rules), { unknown: /another answer than 200/ })
})

t.test('where the memory cannot be read it is not known', async (t) => {
  const url = await listen(t, (_request, response) => response.end('ok'))
  t.match(await measureIdle(url, '/', () => [], rules), { unknown: /cannot be read/ })
})
