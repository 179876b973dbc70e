/** The observer in a real server: the primary and its workers answer, and forced collections are made. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openCollector } from '../../../bench/footprint/collector.ts'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'

const program = `
const cluster = require('node:cluster')
if (cluster.isPrimary) cluster.fork()
else {
  globalThis.kept = Array.from({ length: 1e5 }, (_, i) => ({ i }))
  for (let i = 0; i < 3e6; i++) globalThis.garbage = { i }
  require('node:http').createServer(() => {}).listen(0)
  console.log('ready')
}`

t.test('every process is asked, and what it keeps is in the heap', async (t) => {
  await using supervisor = await openSupervisor({ command: 'test' })
  await using collector = await openCollector(supervisor.dir)
  t.equal(await collector.ask('count'), undefined, 'nobody is there yet')
  const env = collector.environment('--no-deprecation')
  t.match(env.NODE_OPTIONS, /^--no-deprecation --import=file:.+\/preload\.ts$/)
  const child = await supervisor.spawn({
    name: 'server',
    command: process.execPath,
    args: [join(t.testdir({ 'server.cjs': program }), 'server.cjs')],
    env,
    stdout: 'log',
  })
  for (let tries = 0; !child.logTail().includes('ready'); tries++) {
    if (tries > 3_000) throw new Error(child.logTail())
    await sleep(10)
  }
  const counted = await collector.ask('count')
  t.match(counted, { processes: 2 })
  t.ok((counted?.collections ?? 0) > 0 && (counted?.collectingNs ?? 0) > 0)
  const collected = await collector.ask('collect')
  // 100,000 objects of one field take at least 16 bytes each.
  t.ok((collected?.heapBytes ?? 0) > 1.6e6)
  await child.stop()
  t.equal(await collector.ask('count'), undefined, 'nor when it has gone')
})
