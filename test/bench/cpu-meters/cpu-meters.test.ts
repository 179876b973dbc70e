/** Both meters must count the whole tree: threads, children, grandchildren and those that have ended. */
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { makeCgroup } from '../../../bench/cpu-meters/cgroup.ts'
import { treeMeter } from '../../../bench/cpu-meters/schedstat.ts'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'
import { hasProc, isAlive, identify } from '../../../bench/supervisor/process-table.ts'
import { readRecord, recordFile } from '../../../bench/supervisor/run-record.ts'

const burnMs = 150

/** Uses `burnMs` of CPU time in the thread that runs it. */
const burn = `const burn = () => {
  for (const t = process.threadCpuUsage(); ;) {
    const u = process.threadCpuUsage(t)
    if (u.user + u.system >= ${burnMs} * 1000) return
  }
}`

/** Burns in a thread, a child that ends, a grandchild that ends and itself: four times burnMs, then waits. */
const program = `${burn}
const { spawnSync } = require('child_process')
const { Worker } = require('worker_threads')
const grandchild = ${JSON.stringify(`${burn}; burn()`)}
const child = ${JSON.stringify(`${burn}; burn(); require('child_process').spawnSync(process.execPath, ['-e', process.argv[1]])`)}
process.stdin.once('data', () => undefined)
const go = () => new Worker(${JSON.stringify(`${burn}; burn()`)}, { eval: true }).once('exit', () => {
  spawnSync(process.execPath, ['-e', child, grandchild])
  burn()
  console.log('done')
  setInterval(() => {}, 1000)
})
process.once('SIGUSR1', go)
setInterval(() => {}, 1000)
console.log('ready')`

const skip = hasProc ? false : 'this system has no /proc'

t.test('threads, children and grandchildren are counted, ended or not', { skip }, async (t) => {
  await using supervisor = await openSupervisor({ command: 'test' })
  const child = await supervisor.spawn({
    name: 'burner',
    command: process.execPath,
    args: ['-e', program],
    stdout: 'log',
    env: { NODE_OPTIONS: '' },
  })
  const until = async (text: string) => {
    for (let tries = 0; !child.logTail().includes(text); tries++) {
      if (tries > 3000) throw new Error(child.logTail())
      await sleep(10)
    }
  }
  await until('ready')
  const schedstat = treeMeter(child.pid, { group: true })
  const before = { cpu: child.cpu.readNs(), schedstat: schedstat.readNs() }
  process.kill(child.pid, 'SIGUSR1')
  await until('done')
  const used = {
    cpu: (child.cpu.readNs() - before.cpu) / 1e6,
    schedstat: (schedstat.readNs() - before.schedstat) / 1e6,
  }
  // Each process also costs its start; a missing part would cost a whole burnMs.
  t.ok(used.schedstat > 3.7 * burnMs, `schedstat saw ${used.schedstat} ms of ${4 * burnMs} or more`)
  t.ok(used.cpu > 3.7 * burnMs, `${child.cpu.source} saw ${used.cpu} ms of ${4 * burnMs} or more`)
  t.ok(Math.abs(used.cpu - used.schedstat) < 0.7 * burnMs, 'both meters agree')
  await child.stop()
  const last = child.cpu.readNs()
  t.ok(last >= before.cpu)
  t.equal(child.cpu.readNs(), last, 'the last value stays')
})

t.test('a tree that keeps losing members never reads less', { skip }, async (t) => {
  await using supervisor = await openSupervisor({ command: 'test' })
  const child = await supervisor.spawn({
    name: 'loser',
    command: 'sh',
    args: ['-c', 'while :; do sh -c "i=0; while [ \\$i -lt 2000 ]; do i=\\$((i+1)); done"; done'],
  })
  const meter = treeMeter(child.pid)
  let last = meter.readNs()
  const first = last
  for (let reads = 0; reads < 50; reads++) {
    await sleep(10)
    const now = meter.readNs()
    t.ok(now >= last)
    last = now
  }
  t.ok(last > first)
  await child.stop()
  t.ok(meter.readNs() >= last)
})

t.test('a meter for a process that we did not start', { skip }, (t) => {
  const meter = treeMeter(process.pid)
  const before = process.cpuUsage()
  const first = meter.readNs()
  while (process.cpuUsage(before).user < 200_000);
  const usage = process.cpuUsage(before)
  const seenMs = (meter.readNs() - first) / 1e6
  const usedMs = (usage.user + usage.system) / 1e3
  t.ok(Math.abs(seenMs - usedMs) < 50, `saw ${seenMs} ms where this process counts ${usedMs} ms`)
  t.end()
})

const cgroup = makeCgroup(`gapwise-test-${process.pid}`)
cgroup?.remove()

t.test(
  'the cgroup of a child holds it from its first instruction and goes with it',
  { skip: cgroup ? false : 'no cgroup can be made here' },
  async (t) => {
    await using supervisor = await openSupervisor({ command: 'test' })
    const child = await supervisor.spawn({ name: 'child', command: 'sleep', args: ['600'] })
    t.match(child.cpu.source, /^cgroup-v[12]$/)
    const dir = readRecord(recordFile(supervisor.runId))?.children[0]?.cgroup ?? ''
    t.ok(existsSync(dir))
    t.ok(isAlive(identify(child.pid)))
    await child.stop()
    t.notOk(existsSync(dir))
  },
)
