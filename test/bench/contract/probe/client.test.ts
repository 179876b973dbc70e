/** How patient the probe is with a server whose services were slow. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { askPatiently, Client } from '../../../../bench/contract/probe/client.ts'

/** A server that answers with these statuses in turn, and then with the last. */
async function answering(t: Test, statuses: readonly number[]) {
  let asked = 0
  const server = createServer((_request, response) => {
    response.statusCode = statuses[Math.min(asked++, statuses.length - 1)] ?? 500
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = new Client(new URL(`http://127.0.0.1:${port}`))
  t.teardown(async () => {
    await client[Symbol.asyncDispose]()
    server.close()
  })
  const ask = async (wanted: readonly number[]): Promise<number | undefined> => {
    const answer = await askPatiently(client, { method: 'GET', path: '/' }, wanted)
    return typeof answer === 'string' ? undefined : answer.status
  }
  return { ask, asked: () => asked }
}

t.test('a service that was late once is asked for again', async (t) => {
  const { ask, asked } = await answering(t, [504, 409])
  t.equal(await ask([409]), 409)
  t.equal(asked(), 2)
})

t.test('one that is late again is late, and 504 that is wanted is taken', async (t) => {
  const late = await answering(t, [504])
  t.equal(await late.ask([200]), 504)
  t.equal(late.asked(), 2)
  t.equal(await late.ask([504]), 504)
  t.equal(late.asked(), 3)
})

t.test('any other answer is taken as it is', async (t) => {
  const { ask, asked } = await answering(t, [500, 200])
  t.equal(await ask([200]), 500)
  t.equal(asked(), 1)
})

t.test('what keeps a processor busy may take longer than anything else', async (t) => {
  const server = createServer((_request, response) => {
    setTimeout(() => response.end(), 3_000).unref()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = new Client(new URL(`http://127.0.0.1:${port}`), 1_000)
  t.teardown(async () => {
    await client[Symbol.asyncDispose]()
    server.close()
  })
  const request = { method: 'GET', path: '/' } as const
  const [usual, heavy] = await Promise.all([client.ask(request), client.ask(request, true)])
  t.match(usual, /HeadersTimeoutError/)
  t.match(heavy, { status: 200 })
})
