/** A server whose profile asks for flags of Node runs with them, in the process that was started. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { restartWith } from '../../src/node-flags.ts'
import { startProcess } from '../helpers/start-process.ts'
import { connectionsLeft, openTestPostgres } from '../helpers/test-postgres.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const start = {
  execPath: '/bin/node',
  execArgv: ['--a'],
  argv: ['/bin/node', 'main.ts', 'tuned'],
  env: { PORT: '1', EMPTY: undefined },
}

t.test('a process is started again only with flags that it lacks', async (t) => {
  t.equal(restartWith([], start), undefined)
  t.equal(restartWith(['--a'], start), undefined)
  t.strictSame(restartWith(['--a', '--b=1'], start), {
    file: '/bin/node',
    args: ['/bin/node', '--a', '--b=1', 'main.ts', 'tuned'],
    env: { PORT: '1', GAPWISE_RESTARTED: '1' },
  })
})

t.test('it is not started again for ever', async (t) => {
  const again = { ...start, env: { GAPWISE_RESTARTED: '1' } }
  t.throws(() => restartWith(['--b'], again), { code: 'NODE_FLAGS', failure: 'internal' })
})

const { supervisor, postgres, admin } = await openTestPostgres(t)
const large = '--max-semi-space-size=128'
const semiSpace = 'baseline+semi-space={"mib":128}'

/** The limit of the heap holds three semi-spaces, so it tells how large one may be. */
const heapProbe = `data:text/javascript,import v8 from 'node:v8'
  console.error('heap limit ' + v8.getHeapStatistics().heap_size_limit / 1048576)`

const commandLine = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')

t.test('the flag takes effect, and the process keeps its pid', async (t) => {
  const databaseUrl = await postgres.createDatabase('flags')
  const probed = {
    ...supervisor,
    spawn: (spec: Parameters<typeof supervisor.spawn>[0]) =>
      supervisor.spawn({
        ...spec,
        env: { ...spec.env, NODE_OPTIONS: `--import=${encodeURI(heapProbe)}` },
      }),
  }
  const { url, child, stop } = await startProcess(t, semiSpace, probed, databaseUrl)
  const { pid } = (await (await fetch(new URL('/profile', url))).json()) as { pid: number }
  t.equal(pid, child.pid)
  const [before = NaN, after = NaN] = child
    .logTail(50)
    .split('\n')
    .flatMap((line) => /heap limit (\d+)/.exec(line)?.[1] ?? [])
    .map(Number)
  t.ok(after > before, `${before} MiB, then ${after} MiB`)
  t.notMatch(child.logTail(50), /warning/i)
  t.ok(child.cpu.readNs() > 0, 'its CPU time is still seen')
  if (process.platform === 'linux') t.ok(commandLine(pid).includes(large))
  await t.resolves(stop(), 'it hears the signal to stop')
  t.equal(await connectionsLeft(admin, databaseUrl), 0)
})

t.test('workers are started with it', async (t) => {
  const databaseUrl = await postgres.createDatabase('flags-workers')
  const spec = `${semiSpace}+workers={"count":2}`
  const { url, child, stop } = await startProcess(t, spec, supervisor, databaseUrl)
  const { pid } = (await (await fetch(new URL('/profile', url))).json()) as { pid: number }
  t.not(pid, child.pid)
  if (process.platform === 'linux') t.ok(commandLine(pid).includes(large))
  await t.resolves(stop())
})

for (const [how, code] of [
  ['is missing', 'delete process.execve'],
  ['refuses', "process.execve = () => { throw new Error('not here') }"],
])
  t.test(`where execve ${how} the message says what to do`, async (t) => {
    const child = await supervisor.spawn({
      name: 'no-execve',
      command: process.execPath,
      args: [main, semiSpace],
      env: {
        PORT: '0',
        DATABASE_URL: postgres.adminUrl,
        NODE_OPTIONS: `--import=${encodeURI(`data:text/javascript,${code}`)}`,
      },
    })
    t.teardown(() => child.stop())
    t.match(await child.exited, { code: 3 })
    t.match(child.logTail(), /NODE_FLAGS_UNSUPPORTED: .* node --max-semi-space-size=128 src/)
  })
