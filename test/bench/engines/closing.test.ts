import { execFile } from 'node:child_process'
import type { Socket } from 'node:net'
import { promisify } from 'node:util'
import t from 'tap'
import { ownShortage } from '../../../bench/engines/built-in/dial.ts'
import { Generator } from '../../../bench/engines/built-in/generator.ts'
import { loadWorkload } from '../../../bench/workloads/by-name.ts'
import { answerOf, startRawServer } from '../../helpers/raw-server.ts'

const greeting = '{"message":"Hello, World!"}'
const closing = answerOf(greeting, '200 OK', 'Connection: close\r\n')
const churn = {
  arm: 'a',
  workload: 'connection-churn',
  connections: 3,
  durationMs: 50,
  minRequests: 30,
}
const noErrors = { status: 0, body: 0, socket: 0, timeout: 0 }
const generatorFor = (url: URL) =>
  new Generator([{ id: 'a', url }], 1, { loadWorkload, tag: 'tag' })

t.test(
  'connection-churn makes a connection for each request, none before the window',
  async (t) => {
    await using server = await startRawServer((socket) => socket.end(closing))
    const generator = generatorFor(server.url)
    for (let window = 0; window < 3; window++) {
      const reading = await generator.window(churn)
      t.strictSame(reading.errors, noErrors)
      t.equal(reading.firstError, undefined)
    }
    t.equal(server.connections(), server.requests())
    await generator.window({ ...churn, workload: 'json' })
    const { errors } = await generator.window(churn)
    t.strictSame(errors, noErrors)
    t.equal(
      server.connections(),
      server.requests(),
      'an open connection of another workload is not used either',
    )
    generator.close()
  },
)

t.test('a server that keeps connections open all the same gets a new one each time', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf(greeting)))
  const generator = generatorFor(server.url)
  const reading = await generator.window(churn)
  t.strictSame(reading.errors, noErrors)
  t.equal(server.connections(), reading.requests)
  generator.close()
})

t.test('the server closes first, as it has said, also if that takes a while', async (t) => {
  const waiting = new Set<Socket>()
  let closedByGenerator = 0
  await using server = await startRawServer((socket) => {
    for (const other of waiting) other.end()
    waiting.clear()
    waiting.add(socket)
    socket.on('end', () => {
      if (waiting.has(socket)) closedByGenerator++
    })
    socket.write(closing)
  })
  const generator = generatorFor(server.url)
  const reading = await generator.window({ ...churn, connections: 1 })
  t.strictSame(reading.errors, noErrors)
  t.ok(server.requests() >= churn.minRequests)
  t.equal(
    closedByGenerator,
    0,
    'the port pair of a connection stays with the side that closes first',
  )
  generator.close()
})

t.test('a server that does not close as it has said does not use up all files', async (t) => {
  let open = 0
  let most = 0
  await using server = await startRawServer((socket) => {
    most = Math.max(most, ++open)
    socket.on('end', () => open--)
    socket.write(closing)
  })
  const generator = generatorFor(server.url)
  const reading = await generator.window({ ...churn, connections: 1, minRequests: 100 })
  t.strictSame(reading.errors, noErrors)
  t.ok(most >= 10 && most <= 20, `${most} were open at once`)
  generator.close()
})

t.test('want of ports or files is told as the generator’s own', async (t) => {
  const url = new URL('http://127.0.0.1:3000')
  for (const code of ['EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS']) {
    const error = ownShortage(url, Object.assign(new Error(code), { code }))
    t.match(error, {
      code: 'GENERATOR_EXHAUSTED',
      failure: 'environment',
      message: new RegExp(
        `^The load generator cannot connect to 127\\.0\\.0\\.1:3000 \\(${code}\\): `,
      ),
    })
  }
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'toString'])
    t.equal(ownShortage(url, Object.assign(new Error(code), { code })), undefined)
  t.equal(ownShortage(url, undefined), undefined)
})

t.test('a window with such a want has no reading', async (t) => {
  await using server = await startRawServer((socket) => socket.write(answerOf(greeting)))
  const module = new URL('../../../bench/engines/built-in/generator.ts', import.meta.url).href
  const source = `
    const { Generator } = await import(${JSON.stringify(module)})
    const workload = {
      steps: () => [{ request: { method: 'GET', path: '/' }, expect: { status: 200 } }],
    }
    const generator = new Generator([{ id: 'a', url: new URL('${server.url.href}') }], 1, {
      loadWorkload: async () => workload,
      tag: 'tag',
    })
    const order = { arm: 'a', workload: 'w', connections: 100, durationMs: 50, minRequests: 1 }
    await generator.window(order).catch(({ code }) => console.log(code))
    generator.close()`
  const limited = ['-c', 'ulimit -n 60; exec "$0" --input-type=module -e "$1"']
  const { stdout } = await promisify(execFile)('sh', [...limited, process.execPath, source])
  t.equal(stdout, 'GENERATOR_EXHAUSTED\n')
})
