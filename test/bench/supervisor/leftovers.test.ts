import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { cacheDir } from '../../../bench/supervisor/cache-dir.ts'
import { recordedRuns } from '../../../bench/supervisor/leftovers.ts'
import { identify } from '../../../bench/supervisor/process-table.ts'
import { type RunRecord, world, writeRecord } from '../../../bench/supervisor/run-record.ts'

const record = (runId: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  format: 1,
  runId,
  command: 'bench tuned',
  world: world(),
  // A start time that no process has.
  owner: { pid: process.pid, start: 1 },
  children: [],
  paths: ['/tmp/gapwise-gone'],
  ...changes,
})

t.test('records tell dead runs from living ones, and leave other machines alone', async (t) => {
  const before = process.env['XDG_CACHE_HOME']
  process.env['XDG_CACHE_HOME'] = t.testdir()
  t.teardown(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME']
    else process.env['XDG_CACHE_HOME'] = before
  })
  const runs = cacheDir('runs')
  const write = (each: RunRecord): void => writeRecord(join(runs, `${each.runId}.json`), each)
  write(record('dead-run-1'))
  write(record('living-run-1', { owner: identify(process.pid) }))
  write(record('foreign-run-1', { world: 'elsewhere' }))
  writeFileSync(join(runs, 'broken.json'), '{')
  const { left, running } = recordedRuns()
  t.same(left, [
    { runId: 'dead-run-1', command: 'bench tuned', processes: 0, paths: ['/tmp/gapwise-gone'] },
  ])
  t.match(running, [{ runId: 'living-run-1', processes: 0 }])
})
