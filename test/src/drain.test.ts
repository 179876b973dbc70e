/** The graceful stop, against clients that would hold the server up. */
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { drain } from '../../src/drain.ts'
import { openClient } from '../helpers/client.ts'
import { build } from '../helpers/build.ts'

const goneWithinMs = 3000

const portOf = (app: FastifyInstance): number => (app.server.address() as AddressInfo).port

async function listen(t: Test): Promise<FastifyInstance> {
  const app = await build(t, 'baseline')
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app
}

/** A client that sends `text` and then neither speaks nor hangs up. */
async function holdOpen(t: Test, app: FastifyInstance, text: string): Promise<Socket> {
  const socket = connect(portOf(app), '127.0.0.1')
  t.teardown(() => socket.destroy())
  // That the server hangs up is what is waited for.
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  if (text !== '') socket.write(text)
  return socket
}

const within = (ms: number, work: Promise<void>): Promise<string> =>
  Promise.race([work.then(() => 'closed'), sleep(ms, 'still open', { ref: false })])

t.test('idle clients do not hold it up', async (t) => {
  const app = await listen(t)
  await holdOpen(t, app, '')
  const asked = await holdOpen(t, app, 'GET /json HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(asked, 'data')
  t.equal(await within(goneWithinMs, drain(app)), 'closed')
})

t.test('what is in flight is answered, and its connection then ends', async (t) => {
  const app = await build(t, 'baseline')
  let answer = (): void => undefined
  const asked = new Promise<void>((arrived) => {
    app.get('/slow', async () => {
      arrived()
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return { slow: true }
    })
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = new URL(`http://127.0.0.1:${portOf(app)}`)
  await using client = openClient(url, 1)
  const slow = client.ask('/slow')
  await asked
  const drained = drain(app)
  t.equal(await within(300, drained), 'still open')
  answer()
  t.match(await slow, { status: 200, body: '{"slow":true}' })
  t.equal(await within(goneWithinMs, drained), 'closed')
})

t.test('a request that never ends is given up', async (t) => {
  const app = await listen(t)
  await holdOpen(t, app, 'GET /json HT')
  await holdOpen(
    t,
    app,
    'POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  )
  // Until the server has read the beginnings, the connections are idle ones.
  await sleep(200)
  const drained = drain(app, 600)
  t.equal(await within(300, drained), 'still open')
  t.equal(await within(goneWithinMs, drained), 'closed')
})
