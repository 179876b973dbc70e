/** A peer is a program of any language: it goes with the bench all the same, however that ends. */
import { join } from 'node:path'
import t from 'tap'
import { parseContenders } from '../../../bench/contenders/parse.ts'
import { hasProc } from '../../../bench/supervisor/process-table.ts'
import { ownHome, pidsIn } from '../../helpers/own-home.ts'
import { startGapwise } from '../../helpers/spawn-bench.ts'

const word = 'go-nethttp:default'
const [contender] = await parseContenders([word])
const skip = hasProc
  ? ((await contender?.unavailable()) ?? false)
  : 'this system has no /proc to look for leftovers in'

t.setTimeout(600_000)
t.test(`kill -9 of a bench leaves nothing of ${word}`, { skip }, async (t) => {
  await contender?.prepare((line) => t.comment(line))
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const words = ['bench', word, 'baseline', '--workload', 'json', '--budget', '12s']
  const bench = startGapwise(t, home, [...words, '--out', out])
  const [server = 0] = await bench.until(() => {
    const pids = pidsIn(home, /go-nethttp\/build\/default\/server/)
    return pids.length > 0 && pids
  })
  t.not(server, bench.pid, 'it is another process')
  bench.kill('SIGKILL')
  t.equal(await bench.ended, 'SIGKILL')
  t.strictSame(await home.untilClean(), [])
})
