import t from 'tap'
import { Generator } from '../../../bench/engines/built-in/generator.ts'
import type { Ask, Script, Step, Workload } from '../../../bench/workload.ts'
import { answerOf, startRawServer } from '../../helpers/raw-server.ts'
import type { RawServer, Respond } from '../../helpers/raw-server.ts'

const workloadOf = (steps: readonly Step[], name = 'scripted'): Workload => ({
  name,
  summary: 'test',
  endpoints: [],
  bottleneck: 'server',
  steps: () => steps,
})
const order = { arm: 'a', workload: 'scripted', connections: 1, durationMs: 20, minRequests: 8 }
const noErrors = { status: 0, body: 0, socket: 0, timeout: 0 }

const get = (path: string, expect: Ask['expect'] = { status: 200 }): Ask => ({
  request: { method: 'GET', path },
  expect,
})
/** A generator with one arm for each id, all of them at one server. */
const generatorFor = (server: RawServer, steps: readonly Step[], arms = ['a']): Generator =>
  new Generator(
    arms.map((id) => ({ id, url: server.url })),
    1,
    { loadWorkload: async () => workloadOf(steps), tag: 'tag' },
  )

const pathOf = (head: string): string => /^\S+ (\S+)/.exec(head)?.[1] ?? ''

/** A server that keeps the paths that it was asked for, and answers with the number of the request. */
async function recording(respond?: Respond): Promise<{ server: RawServer; paths: string[] }> {
  const paths: string[] = []
  const server = await startRawServer((socket, number, head) => {
    paths.push(pathOf(head))
    if (respond === undefined) socket.write(answerOf(String(number)))
    else respond(socket, number, head)
  })
  return { server, paths }
}

/** Makes a thing, reads it by the number that came back, and deletes it. */
const threeAsks: Script = {
  *script(unique) {
    const id = yield get(`/make/${unique}`)
    const none = yield get(`/read/${unique}/${id}`, { status: 204 })
    yield get(`/end/${unique}/${none === '' ? 'empty' : none}`)
  },
}
const threeAnswers: Respond = (socket, number, head) =>
  socket.write(
    pathOf(head).startsWith('/read')
      ? 'HTTP/1.1 204 No Content\r\nServer: raw\r\n\r\n'
      : answerOf(String(number)),
  )

t.test('a script asks on from each answer, then the cycle goes on', async (t) => {
  const { server, paths } = await recording(threeAnswers)
  await using _ = server
  const generator = generatorFor(server, [get('/fixed'), threeAsks])
  const reading = await generator.window(order)
  generator.close()
  t.strictSame(reading.errors, noErrors)
  t.equal(reading.requests, paths.length)
  t.strictSame(paths.slice(0, 8), [
    '/fixed',
    '/make/tag0-0',
    '/read/tag0-0/2',
    '/end/tag0-0/empty',
    '/fixed',
    '/make/tag0-1',
    '/read/tag0-1/6',
    '/end/tag0-1/empty',
  ])
})

t.test('bodies of requests are sent in full', async (t) => {
  const seen: string[] = []
  await using server = await startRawServer((socket, _number, head) => {
    seen.push(head)
    if (head.startsWith('{')) socket.write(answerOf('é'))
  })
  const headers = { 'content-type': 'application/json' }
  // The raw server looks for the blank line only, so the body ends with one.
  const post = (text: string): Ask => ({
    request: { method: 'POST', path: '/', headers, body: `{"text":"${text}"}\r\n\r\n` },
    expect: { status: 200, body: 'é' },
  })
  const script: Script = {
    *script() {
      const answer = yield post('first')
      yield post(answer)
    },
  }
  const generator = generatorFor(server, [script])
  await generator.window(order)
  generator.close()
  t.match(seen[0], /^POST \/ HTTP\/1\.1\r\nHost: .*\r\ncontent-type: application\/json\r\n/)
  t.match(seen[0], /Content-Length: 20$/)
  t.equal(seen[1], '{"text":"first"}')
  t.match(seen[2], /Content-Length: 17$/)
  t.equal(Buffer.from(seen[3] ?? '', 'latin1').toString(), '{"text":"é"}')
})

t.test('every script of a run gets a text of its own, as long for each arm', async (t) => {
  const { server, paths } = await recording(threeAnswers)
  await using _ = server
  const generator = generatorFor(server, [threeAsks], ['a', 'b'])
  const texts = async (arm: string) => {
    paths.length = 0
    await generator.window({ ...order, arm, connections: 4, minRequests: 40 })
    return paths.filter((path) => path.startsWith('/make')).map((path) => path.split('/')[2] ?? '')
  }
  const a = [...(await texts('a')), ...(await texts('a'))]
  const b = [...(await texts('b')), ...(await texts('b'))]
  generator.close()
  t.equal(new Set([...a, ...b]).size, a.length + b.length, 'none comes twice')
  const both = Math.min(a.length, b.length)
  t.ok(both > 20)
  t.strictSame(
    a.slice(0, both).map((text) => text.replace(/^tag0/, '')),
    b.slice(0, both).map((text) => text.replace(/^tag1/, '')),
    'the same stream but for the arm',
  )
  t.match([...a, ...b].join(''), /^[a-z0-9-]+$/)
})

const ended: string[] = []
const oneTwoThree: Script = {
  *script(unique) {
    try {
      yield get('/1')
      yield get('/2')
      yield get('/3')
    } finally {
      ended.push(unique)
    }
  },
}

t.test('a failed answer ends a script', async (t) => {
  const { server, paths } = await recording((socket, number) =>
    socket.write(
      number % 4 === 0 ? answerOf('no', '500 Internal Server Error') : answerOf(String(number)),
    ),
  )
  await using _ = server
  const generator = generatorFor(server, [oneTwoThree])
  const { errors, requests } = await generator.window({ ...order, minRequests: 16 })
  t.equal(errors.status, Math.floor(paths.length / 4))
  t.equal(requests, paths.length - errors.status)
  t.strictSame(paths.slice(0, 8), ['/1', '/2', '/3', '/1', '/1', '/2', '/3', '/1'])
  generator.close()
  const opened = paths.filter((path) => path === '/1').length
  t.equal(ended.length, opened, 'its finally has run')
})

t.test('a lost connection ends a script', async (t) => {
  const { server, paths } = await recording((socket, number) =>
    number === 2 ? void socket.end() : socket.write(answerOf(String(number))),
  )
  await using _ = server
  const generator = generatorFor(server, [oneTwoThree])
  const { errors } = await generator.window({ ...order, durationMs: 100 })
  t.strictSame(errors, { ...noErrors, socket: 1 })
  t.strictSame(paths.slice(0, 5), ['/1', '/2', '/1', '/2', '/3'])
  generator.close()
})

t.test('a script cut by the end of a window goes on in the next one', async (t) => {
  const { server, paths } = await recording()
  await using _ = server
  const ends: string[] = []
  const long: Script = {
    *script(unique) {
      try {
        for (let number = 0; number < 1_000_000; number++) yield get(`/${unique}/${number}`)
      } finally {
        ends.push(unique)
      }
    },
  }
  const other = workloadOf([get('/other')], 'other')
  const generator = new Generator([{ id: 'a', url: server.url }], 1, {
    loadWorkload: async (name) => (name === 'other' ? other : workloadOf([long])),
    tag: 'tag',
  })
  await generator.window(order)
  await generator.window(order)
  t.strictSame(
    paths,
    paths.map((_path, index) => `/tag0-0/${index}`),
    'each of its asks comes once, so an arm that answers few in a window gets the same mix',
  )
  t.strictSame(ends, [])
  paths.length = 0
  await generator.window({ ...order, workload: 'other' })
  t.strictSame(ends, ['tag0-0'], 'another workload ends it')
  t.strictSame(new Set(paths), new Set(['/other']))
  await generator.window(order)
  generator.close()
  t.strictSame(ends, ['tag0-0', 'tag0-1'], 'so does the end')
})

t.test('a window that is cut short ends its scripts', async (t) => {
  const ends: string[] = []
  await using server = await startRawServer((socket, number) => {
    if (number < 3) socket.write(answerOf('ok'))
  })
  const script: Script = {
    *script(unique) {
      try {
        for (;;) yield get('/')
      } finally {
        ends.push(unique)
      }
    },
  }
  const generator = new Generator([{ id: 'a', url: server.url }], 1, {
    loadWorkload: async () => workloadOf([script]),
    tag: 'tag',
    limitMs: () => 100,
  })
  const { errors, requests } = await generator.window(order)
  t.strictSame(errors, { ...noErrors, timeout: 1 })
  t.equal(requests, 2)
  t.strictSame(ends, ['tag0-0'])
})

t.test('a script that cannot use an answer is the fault of the workload', async (t) => {
  const { server } = await recording((socket) => socket.write(answerOf('<html>')))
  await using _ = server
  const steps: readonly Step[] = [
    {
      *script() {
        const { id } = JSON.parse(yield get('/')) as { id: number }
        yield get(`/${id}`)
      },
    },
  ]
  const generator = generatorFor(server, steps)
  await t.rejects(generator.window({ ...order, connections: 3 }), {
    code: 'SCRIPT_FAILED',
    failure: 'internal',
    message: /after the body "<html>"/,
  })
  generator.close()
})
