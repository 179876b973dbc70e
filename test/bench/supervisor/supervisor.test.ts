/** Starting and ending children in a command that closes as it should. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { GapwiseError } from '../../../src/errors.ts'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'
import { hasProc, identify, isAlive, readProcess } from '../../../bench/supervisor/process-table.ts'
import { readRecord, recordFile } from '../../../bench/supervisor/run-record.ts'
import type { Child, Supervisor } from '../../../bench/supervisor.ts'
import { findGuardian } from './fixtures/start-owner.ts'

const open = async (t: Tap): Promise<Supervisor> => {
  const supervisor = await openSupervisor({ command: 'test' })
  t.teardown(() => supervisor[Symbol.asyncDispose]())
  return supervisor
}
type Tap = Pick<typeof t, 'teardown'>

const untilLogged = async (child: Child, text: string): Promise<void> => {
  for (let tries = 0; !child.logTail().includes(text); tries++) {
    if (tries > 500) throw new Error(`no "${text}" in the log: ${child.logTail()}`)
    await sleep(10)
  }
}

/** A node program that says `ready` and stays. */
const program = (code: string) => ({
  command: process.execPath,
  args: ['-e', `${code}; setInterval(() => {}, 1000); console.log('ready')`],
  stdout: 'log' as const,
})

t.test(
  'a child leads its own group, is recorded, and logs into the private run folder',
  async (t) => {
    const supervisor = await open(t)
    const child = await supervisor.spawn({ name: 'a child/1', ...program('console.error("oops")') })
    await untilLogged(child, 'ready')
    t.match(supervisor.runId, /^\d{8}-\d{6}-[a-z]{6}$/)
    t.equal(statSync(supervisor.dir).mode & 0o777, 0o700)
    t.ok(Buffer.byteLength(join(supervisor.dir, 'postgres/.s.PGSQL.65535')) < 107)
    t.ok(child.logFile.startsWith(supervisor.dir))
    t.match(child.logTail(), /oops/)
    t.equal(child.logTail(1).split('\n').length, 1)
    if (hasProc) {
      t.equal(readProcess(child.pid)?.group, child.pid)
      const record = readRecord(recordFile(supervisor.runId))
      t.match(record, {
        runId: supervisor.runId,
        owner: identify(process.pid),
        children: [{ name: 'a child/1', ...identify(child.pid) }],
        paths: [supervisor.dir],
      })
    }
    await child.stop()
    t.strictSame(await child.exited, { code: null, signal: 'SIGTERM' })
    t.strictSame(readRecord(recordFile(supervisor.runId))?.children, [], 'it is forgotten')
    await child.stop()
  },
)

t.test('standard output is thrown away unless asked for', async (t) => {
  const supervisor = await open(t)
  const child = await supervisor.spawn({
    name: 'quiet',
    command: 'sh',
    args: ['-c', 'echo out; echo err >&2'],
  })
  t.strictSame(await child.exited, { code: 0, signal: null })
  t.equal(child.logTail(), 'err')
})

t.test('an environment variable is added, and an empty one is unset', async (t) => {
  const supervisor = await open(t)
  const child = await supervisor.spawn({
    name: 'environment',
    command: 'sh',
    args: ['-c', 'echo "$GREETING" "${HOME-unset}" "$GAPWISE_RUN"'],
    env: { GREETING: 'hello', HOME: '' },
    stdout: 'log',
  })
  await child.exited
  t.equal(child.logTail(), `hello unset ${supervisor.runId}`)
})

t.test('signals come in the order of the ladder, and SIGKILL at its end', async (t) => {
  const supervisor = await open(t)
  const child = await supervisor.spawn({
    name: 'stubborn',
    ...program(
      `for (const s of ['SIGINT', 'SIGTERM', 'SIGQUIT']) process.on(s, () => console.log(s))`,
    ),
    stopLadder: [
      { signal: 'SIGINT', graceMs: 200 },
      { signal: 'SIGQUIT', graceMs: 200 },
    ],
  })
  await untilLogged(child, 'ready')
  await child.stop()
  t.equal(child.logTail(), 'ready\nSIGINT\nSIGQUIT')
  t.strictSame(await child.exited, { code: null, signal: 'SIGKILL' })
})

t.test('grandchildren go with the child, also when they have left its group', async (t) => {
  const supervisor = await open(t)
  const child = await supervisor.spawn({
    name: 'parent',
    ...program(`const { spawn } = require('child_process')
      const pids = [false, true].map((detached) => spawn('sleep', ['600'], { detached }).pid)
      console.log('pids', ...pids)`),
  })
  await untilLogged(child, 'ready')
  const pids = (/pids (\d+) (\d+)/.exec(child.logTail()) ?? []).slice(1).map(Number)
  const grandchildren = pids.map(identify)
  t.equal(grandchildren.length, 2)
  t.ok(grandchildren.every(isAlive))
  await child.stop()
  t.notOk(grandchildren.some(isAlive))
})

t.test('what a child leaves in its group when it ends by itself is ended by stop', async (t) => {
  const supervisor = await open(t)
  const child = await supervisor.spawn({
    name: 'parent',
    command: 'sh',
    args: ['-c', 'sleep 600 & echo $!'],
    stdout: 'log',
  })
  await child.exited
  const grandchild = identify(Number(child.logTail()))
  t.ok(isAlive(grandchild))
  await child.stop()
  t.notOk(isAlive(grandchild))
})

t.test('all children are ended newest first', async (t) => {
  const supervisor = await open(t)
  const order = join(t.testdir(), 'order')
  for (const name of ['first', 'second', 'third']) {
    const child = await supervisor.spawn({
      name,
      ...program(`process.on('SIGTERM', () => {
        require('fs').appendFileSync(${JSON.stringify(order)}, '${name} ')
        process.exit()
      })`),
    })
    await untilLogged(child, 'ready')
  }
  await supervisor.stopAll()
  t.equal(readFileSync(order, 'utf8'), 'third second first ')
})

t.test('closing removes folder, named paths, record and guardian', async (t) => {
  const supervisor = await openSupervisor({ command: 'test' })
  const extra = t.testdir({ inside: 'text' })
  supervisor.removeAtEnd(extra)
  const child = await supervisor.spawn({ name: 'child', ...program('') })
  const identity = identify(child.pid)
  const guardian = findGuardian(supervisor.runId)
  t.ok(!hasProc || guardian, 'a guardian watches')
  await supervisor[Symbol.asyncDispose]()
  t.notOk(isAlive(identity))
  t.notOk(existsSync(supervisor.dir))
  t.notOk(existsSync(extra))
  t.notOk(existsSync(recordFile(supervisor.runId)))
  if (guardian) t.notOk(isAlive(guardian))
  await supervisor[Symbol.asyncDispose]()
  await t.rejects(supervisor.spawn({ name: 'late', ...program('') }), { code: 'SUPERVISOR_CLOSED' })
})

t.test(
  'a program that cannot be started is an error with the cure, and leaves nothing',
  async (t) => {
    const supervisor = await open(t)
    const refused = (spec: { command: string; cwd?: string }) =>
      supervisor.spawn({ name: 'missing', args: [], ...spec }).then(
        () => t.fail('it was started'),
        (error: unknown) => {
          t.ok(error instanceof GapwiseError)
          t.match(error, { failure: 'environment', code: 'COMMAND_NOT_FOUND' })
          return (error as Error).message
        },
      )
    t.match(await refused({ command: 'no-such-program' }), /not on PATH; install it/)
    t.match(await refused({ command: '/no/such/program' }), /no such executable file/)
    t.match(await refused({ command: '/etc/passwd' }), /no such executable file/)
    t.match(await refused({ command: 'sh', cwd: '/no/such/folder' }), /make it first/)
    t.strictSame(readRecord(recordFile(supervisor.runId))?.children, [])
  },
)

t.test('a child can be kept on some cores', { skip: !hasProc && 'no taskset' }, async (t) => {
  const supervisor = await open(t)
  const child = await supervisor.spawn({ name: 'pinned', ...program(''), cores: [0] })
  await untilLogged(child, 'ready')
  t.match(readFileSync(`/proc/${child.pid}/status`, 'utf8'), /^Cpus_allowed_list:\t0$/m)
})
