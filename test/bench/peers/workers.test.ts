/** A peer that serves from several processes goes as a whole, however it or the bench ends. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { hasProc } from '../../../bench/supervisor/process-table.ts'
import { type OwnHome, ownHome, pidsIn } from '../../helpers/own-home.ts'
import { peerFolder } from '../../helpers/peer-folder.ts'
import { blocksIn, resultAt, type Started, startGapwise } from '../../helpers/spawn-bench.ts'

const skip = hasProc ? false : 'this system has no /proc to look for leftovers in'

const codeOf = (fixture: string): string => readFileSync(new URL(fixture, import.meta.url), 'utf8')

/** The first one, two workers and a helper. */
const processes = 4

/** A bench that measures such a peer. */
function build(t: Test): { bench: Started; home: OwnHome; out: string } {
  const files = { 'worker.js': codeOf('../commands/fixtures/peer.js') }
  const folder = peerFolder(t, codeOf('fixtures/primary.js'), { FAULT: 'never' }, { files })
  const home = ownHome(t, { postgres: true })
  const out = join(folder, 'result.json')
  const words = ['bench', 'baseline', folder, '--workload', 'json', '--budget', '12s']
  return { bench: startGapwise(t, home, [...words, '--out', out]), home, out }
}

/** The peer's processes once all are there; the first one has started the others. */
const untilWhole = (bench: Started, home: OwnHome): Promise<number[]> =>
  bench.until(() => {
    const pids = pidsIn(home, /node (\S*server\.js|-e process\.on)/).toSorted((a, b) => a - b)
    return pids.length === processes && pids
  })

t.setTimeout(240_000)
for (const [signal, end] of [
  ['SIGINT', 130],
  ['SIGKILL', 'SIGKILL'],
] as const)
  t.test(`${signal} of a bench leaves none of its processes`, { skip }, async (t) => {
    const { bench, home } = build(t)
    await untilWhole(bench, home)
    bench.kill(signal)
    t.equal(await bench.ended, end)
    t.strictSame(await home.untilClean(), [])
  })

t.test('a peer whose first process is killed is named, and its others go', { skip }, async (t) => {
  const { bench, home, out } = build(t)
  await bench.until(() => (blocksIn(out) ?? 0) > 0)
  const [first = 0] = await untilWhole(bench, home)
  process.kill(first, 'SIGKILL')
  t.equal(await bench.ended, 5)
  t.match(bench.err(), /\n(CONTENDER_DIED|CONTENDER_START|VERIFY_FAILED): [^\n]*[:-]default/)
  t.strictSame(await home.untilClean(), [])
  const { state, windows } = await resultAt(out)
  t.equal(state, 'partial')
  t.ok(windows.length > 0, 'what was measured before is kept')
})
