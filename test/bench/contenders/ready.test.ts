import { once } from 'node:events'
import { createServer } from 'node:http'
import t, { type Test } from 'tap'
import { untilReady } from '../../../bench/contenders/ready.ts'

const alive = { name: 'mine', exited: new Promise<never>(() => {}), logTail: () => 'last words' }

async function serve(t: Test, statuses: number[]): Promise<{ url: URL; asked: () => number }> {
  let asked = 0
  const server = createServer((_request, response) => {
    response.writeHead(statuses[Math.min(asked, statuses.length - 1)] ?? 500).end()
    asked++
  })
  t.teardown(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return { url: new URL(`http://127.0.0.1:${address.port}/`), asked: () => asked }
}

t.test('a server is asked until it answers 200', async (t) => {
  const { url, asked } = await serve(t, [503, 503, 200])
  await untilReady(alive, url, { stepMs: 1 })
  t.equal(asked(), 3)
})

t.test(
  'a server that never answers 200 is given up, with its last status and its log',
  async (t) => {
    const { url } = await serve(t, [503])
    await t.rejects(untilReady(alive, url, { stepMs: 5, deadlineMs: 500 }), {
      code: 'CONTENDER_START',
      message: /503[^]*last words/,
    })
  },
)

t.test('a server that never answers at all is given up', async (t) => {
  const server = createServer(() => {})
  t.teardown(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as { port: number }
  const url = new URL(`http://127.0.0.1:${address.port}/`)
  await t.rejects(untilReady(alive, url, { deadlineMs: 100 }), {
    code: 'CONTENDER_START',
    message: /no answer/,
  })
})

t.test('the end of the child ends the waiting, even when the port answers', async (t) => {
  const { url } = await serve(t, [200])
  const exited = Promise.resolve({ code: 1, signal: null })
  await t.rejects(untilReady({ ...alive, exited }, url), {
    code: 'CONTENDER_START',
    message: /ended with code 1/,
  })
})
