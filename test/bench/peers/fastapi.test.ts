/** Several processes of Python: neither uvicorn's workers nor gunicorn's notice when their parent is killed. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { parseContenders } from '../../../bench/contenders/parse.ts'
import {
  addDescendants,
  hasProc,
  isRunning,
  processTable,
} from '../../../bench/supervisor/process-table.ts'
import { startProcess } from '../../helpers/start-process.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'

const patienceMs = 10_000

const descendantsOf = (pid: number): number[] => {
  const tree = new Set([pid])
  addDescendants(processTable(), tree)
  tree.delete(pid)
  return [...tree]
}

async function untilNone(pids: readonly number[]): Promise<number[]> {
  const deadlineMs = performance.now() + patienceMs
  for (;;) {
    const left = pids.filter(isRunning)
    if (left.length === 0 || performance.now() > deadlineMs) return left
    await sleep(20)
  }
}

t.setTimeout(900_000)
const services = await openTestPostgres(t)
for (const word of ['fastapi:gunicorn', 'fastapi:workers', 'fastapi:tuned']) {
  const [contender] = await parseContenders([word])
  const skip = hasProc
    ? ((await contender?.unavailable()) ?? false)
    : 'this system has no /proc to look for leftovers in'
  t.test(`the workers of ${word} end with their parent`, { skip }, async (t) => {
    const databaseUrl = await services.postgres.createDatabase(word)
    const { child } = await startProcess(t, word, services.supervisor, databaseUrl)
    const workers = descendantsOf(child.pid)
    // With one core to run on, uvicorn serves in its first process.
    t.comment(`${workers.length} processes besides the first`)
    process.kill(child.pid, 'SIGKILL')
    t.strictSame(await untilNone(workers), [])
  })
}
