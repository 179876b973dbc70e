/** What is left of a command that died without closing: nothing. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'
import { hasProc, identify, isAlive, readProcess } from '../../../bench/supervisor/process-table.ts'
import { reapLeftovers } from '../../../bench/supervisor/reap.ts'
import { readRecord, writeRecord } from '../../../bench/supervisor/run-record.ts'
import { startOwner, untilEmpty } from './fixtures/start-owner.ts'

const skip = hasProc ? false : 'this system has no /proc to look for leftovers in'

t.test('kill -9 of a command leaves no process, folder, record or cgroup', { skip }, async (t) => {
  const owner = await startOwner(t.testdir())
  t.ok(owner.tree.length >= 4, 'children and grandchildren run')
  t.ok(owner.tree.every(isAlive))
  process.kill(owner.pid, 'SIGKILL')
  t.strictSame(await untilEmpty(owner.leftovers), [])
})

t.test(
  'Ctrl-C reaches the command but neither its children nor its guardian',
  { skip },
  async (t) => {
    const owner = await startOwner(t.testdir())
    const group = readProcess(owner.pid)?.group
    t.equal(group, owner.pid, 'the command leads the group that the terminal signals')
    for (const { pid } of [...owner.tree, owner.guardian]) t.not(readProcess(pid)?.group, group)
    process.kill(-owner.pid, 'SIGINT')
    t.strictSame(await untilEmpty(owner.leftovers), [], 'the guardian clears away all the same')
  },
)

t.test('the guardian outlives SIGTERM, SIGINT and SIGHUP', { skip }, async (t) => {
  const owner = await startOwner(t.testdir())
  // Bits 0, 1 and 14 of the caught signals are SIGHUP, SIGINT and SIGTERM: it listens to all three.
  const listens = () => {
    const status = readFileSync(`/proc/${owner.guardian.pid}/status`, 'utf8')
    return (
      (Number.parseInt(/SigCgt:\s+(\w+)/.exec(status)?.[1]?.slice(-4) ?? '', 16) & 0x4003) ===
      0x4003
    )
  }
  t.strictSame(await untilEmpty(() => (listens() ? [] : ['deaf'])), [])
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.kill(owner.guardian.pid, signal)
  await sleep(100)
  t.ok(isAlive(owner.guardian))
  process.kill(owner.pid, 'SIGKILL')
  t.strictSame(await untilEmpty(owner.leftovers), [])
})

t.test('after killall -9 node the next start clears away', { skip }, async (t) => {
  const cache = t.testdir()
  const owner = await startOwner(cache)
  process.kill(owner.guardian.pid, 'SIGKILL')
  process.kill(owner.pid, 'SIGKILL')
  await once(owner.process, 'exit')
  t.ok(owner.leftovers().length > 0, 'nobody is there to clear away yet')
  const earlier = process.env['XDG_CACHE_HOME']
  process.env['XDG_CACHE_HOME'] = cache
  t.teardown(() => {
    if (earlier === undefined) delete process.env['XDG_CACHE_HOME']
    else process.env['XDG_CACHE_HOME'] = earlier
  })
  await using next = await openSupervisor({ command: 'next' })
  t.ok(next.runId)
  t.strictSame(await untilEmpty(owner.leftovers), [])
})

t.test('records of others', { skip }, async (t) => {
  const cache = t.testdir()
  const earlier = process.env['XDG_CACHE_HOME']
  process.env['XDG_CACHE_HOME'] = cache
  t.teardown(() => {
    if (earlier === undefined) delete process.env['XDG_CACHE_HOME']
    else process.env['XDG_CACHE_HOME'] = earlier
  })
  const owner = await startOwner(cache)
  const record = readRecord(owner.recordFile)
  if (!record) throw new Error('the fixture wrote no record')
  const stranger = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  const { pid, start } = identify(stranger.pid ?? 0)
  t.teardown(() => stranger.kill('SIGKILL'))
  const ladder = [{ signal: 'SIGTERM', graceMs: 100 }]
  const dead = { pid: 4_000_000, start: 1 }
  const strangers = (runId: string, over: object) => ({
    ...record,
    runId,
    owner: dead,
    paths: [],
    children: [{ name: 'old', pid, start: start - 1, stopLadder: ladder }],
    ...over,
  })

  await t.test('a stranger with a reused pid is not killed', async (t) => {
    const file = join(cache, 'gapwise/runs/reused-pid.json')
    writeRecord(file, strangers('reused-pid', {}))
    await reapLeftovers()
    t.ok(isAlive({ pid, start }), 'the stranger lives')
    t.equal(readRecord(file), undefined, 'the record is gone')
  })
  await t.test('nor is the group of a stranger whose leader has ended', async (t) => {
    const shell = spawn('sh', ['-c', 'sleep 600 & echo $!'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = (await once(shell.stdout, 'data')) as [Buffer]
    const orphan = identify(Number(line.toString()))
    t.teardown(() => process.kill(orphan.pid, 'SIGKILL'))
    if (shell.exitCode === null) await once(shell, 'exit')
    t.equal(readProcess(orphan.pid)?.group, shell.pid)
    const file = join(cache, 'gapwise/runs/leaderless.json')
    const children = [{ name: 'old', pid: shell.pid ?? 0, start: 1, stopLadder: ladder }]
    writeRecord(file, strangers('leaderless', { children }))
    await reapLeftovers()
    t.ok(isAlive(orphan))
    t.equal(readRecord(file), undefined)
  })
  await t.test('a record from another machine is left alone', async (t) => {
    const file = join(cache, 'gapwise/runs/elsewhere.json')
    writeRecord(file, strangers('elsewhere', { world: 'elsewhere boot pid:[1]' }))
    await reapLeftovers()
    t.ok(readRecord(file))
  })
  await t.test('a file that is no record is left alone', async (t) => {
    const file = join(cache, 'gapwise/runs/half.json')
    writeFileSync(file, '{"format": 1, "runId"')
    await reapLeftovers()
    t.equal(readFileSync(file, 'utf8'), '{"format": 1, "runId"')
  })
  await t.test('a run whose owner lives is left alone', async (t) => {
    t.ok(owner.tree.every(isAlive))
    t.ok(readRecord(owner.recordFile))
    process.kill(owner.pid, 'SIGKILL')
    t.strictSame(await untilEmpty(owner.leftovers), [])
  })
})
