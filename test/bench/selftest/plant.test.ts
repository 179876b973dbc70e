/** The hook in this process: requests are handed to a server that listens nowhere. */
import { Server } from 'node:http'
import t from 'tap'

process.env['GAPWISE_PLANT'] = 'waiting 3'
await import('../../../bench/selftest/plant.ts')

t.test('every third request waits, and none is lost or changed', async (t) => {
  const server = new Server()
  const seen: unknown[] = []
  const all = new Promise<void>((resolve) => {
    server.on('request', (request: unknown) => {
      seen.push(request)
      if (seen.length === 4) resolve()
    })
  })
  for (const request of [1, 2, 3, 4]) server.emit('request', request, {})
  t.same(seen, [1, 2, 4], 'the third is still on its way')
  await all
  t.same(seen, [1, 2, 4, 3])
})

t.test('other events are handed on at once', async (t) => {
  const server = new Server()
  let heard = 0
  server.on('listening', () => heard++)
  for (let index = 0; index < 3; index++) t.ok(server.emit('listening'))
  t.equal(heard, 3)
  t.notOk(server.emit('close'), 'nobody listens')
})
