import t from 'tap'
import type { Script } from '../../../../bench/workload.ts'
import { adds, generatorFor, get, order, recording } from '../../../helpers/paced.ts'
import { answerOf } from '../../../helpers/raw-server.ts'

t.test('a workload that makes a connection for each request is paced too', async (t) => {
  const { server } = await recording(
    (socket) => void socket.end(answerOf('ok', '200 OK', 'Connection: close\r\n')),
  )
  await using _ = server
  const ask = get('/', { status: 200, body: 'ok' })
  const closing = { ...ask, request: { ...ask.request, headers: { connection: 'close' } } }
  const generator = generatorFor([closing], [server.url])
  const reading = await generator.paced(order)
  generator.close()
  t.equal(reading.firstError, undefined)
  t.equal(reading.requests, 50)
  t.equal(server.connections(), 50)
  adds(t, reading)
})

t.test('scripts are played over the connections, each ask from the answer before', async (t) => {
  const { server, paths } = await recording(
    (socket, number) => void socket.write(answerOf(String(number))),
  )
  await using _ = server
  const script: Script = {
    *script(unique) {
      const id = yield get(`/make/${unique}`)
      yield get(`/end/${unique}/${id}`)
    },
  }
  const generator = generatorFor([get('/fixed'), script], [server.url])
  const first = await generator.paced({ ...order, connections: 3 })
  const second = await generator.paced({ ...order, connections: 3 })
  generator.close()
  for (const reading of [first, second]) {
    t.equal(reading.requests, 50)
    adds(t, reading)
  }
  const made = new Map<string, number>()
  for (const [index, path] of paths.entries()) {
    const [, verb, unique = '', id] = path.split('/')
    if (verb === 'make') made.set(unique, index + 1)
    else if (verb === 'end') t.equal(Number(id), made.get(unique), `${path} follows from its make`)
  }
  const ends = paths.filter((path) => path.startsWith('/end')).length
  t.ok(made.size - ends <= 3, 'at most one for each connection has not been played to its end')
  t.ok(Math.abs(paths.length / 3 - ends) <= 3, 'of three requests one is an end')
})

t.test('a script that cannot use an answer ends the window', async (t) => {
  const { server } = await recording((socket) => void socket.write(answerOf('<html>')))
  await using _ = server
  const script: Script = {
    *script() {
      const { id } = JSON.parse(yield get('/')) as { id: number }
      yield get(`/${id}`)
    },
  }
  const generator = generatorFor([script], [server.url])
  await t.rejects(generator.paced(order), { code: 'SCRIPT_FAILED' })
  generator.close()
})
