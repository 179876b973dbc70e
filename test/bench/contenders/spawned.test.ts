import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startOnFreePort } from '../../../bench/contenders/spawned.ts'
import { freePort, listenersAreVisible, listenersAt } from '../../../bench/sockets.ts'
import { fakeSupervisor } from './fixtures/fake-supervisor.ts'

const skip = listenersAreVisible() ? false : 'this system has no /proc'
const serverCode = readFileSync(new URL('fixtures/server.js', import.meta.url), 'utf8')

/** A server of one file, what it takes to start it, and what is asked of it besides its port. */
function build(
  t: Test,
  verify?: (url: URL) => Promise<void>,
  files: Readonly<Record<string, string>> = { 'server.js': serverCode },
) {
  const folder = t.testdir({ 'package.json': '{ "type": "module" }', ...files })
  const supervisor = fakeSupervisor()
  t.teardown(() => supervisor[Symbol.asyncDispose]())
  const start = (choosePort: () => Promise<number> = freePort) =>
    startOnFreePort({
      id: 'mine',
      readyPath: '/plaintext',
      choosePort,
      ...(verify === undefined ? {} : { verify }),
      spawn: (port) =>
        supervisor.spawn({
          name: 'mine',
          command: process.execPath,
          args: [join(folder, 'server.js')],
          env: { PORT: `${port}`, HOST: '127.0.0.1', GREETING: 'hello' },
        }),
    })
  return { supervisor, start }
}

const refused = new Error('connect ECONNREFUSED')

t.test('a death that is felt by a question before it is told is named as such', async (t) => {
  let fails = false
  const { supervisor, start } = build(t, async () => {
    if (!fails) return
    process.kill(supervisor.children[0]!.pid, 'SIGKILL')
    throw refused
  })
  const running = await start()
  fails = true
  await t.rejects(running.verifyIdentity(), {
    code: 'CONTENDER_DIED',
    failure: 'contender',
    message: /^mine was ended by SIGKILL/,
    cause: refused,
  })
})

t.test('so is one that is felt by its port', { skip }, async (t) => {
  const { supervisor, start } = build(t)
  const running = await start()
  const port = Number(running.url.port)
  process.kill(supervisor.children[0]!.pid, 'SIGKILL')
  // Without a turn of the event loop, so that the end of the child is not heard.
  while (listenersAt('127.0.0.1', port).length > 0)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
  await t.rejects(running.verifyIdentity(), { code: 'CONTENDER_DIED' })
})

t.test('what a living server answers wrongly is passed on as it is', async (t) => {
  let fails = false
  const { start } = build(t, async () => {
    if (fails) throw refused
  })
  const running = await start()
  fails = true
  await t.rejects(running.verifyIdentity(), refused)
})

t.test('a child that ends because its port was taken gets another one', { skip }, async (t) => {
  // It ends without a word when another server answers for it, as soon as it is asked after.
  const taken = createServer((_request, response) => response.end('Hello, World!'))
  t.teardown(() => taken.close())
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const ports = [port]
  const { supervisor, start } = build(t, undefined, {
    'server.js':
      `if (process.env.PORT === '${port}')\n` +
      '  await new Promise(() => setTimeout(() => process.exit(1), 300))\n' +
      serverCode,
  })
  const running = await start(async () => ports.shift() ?? (await freePort()))
  t.not(Number(running.url.port), port)
  t.equal(supervisor.children.length, 2)
})
