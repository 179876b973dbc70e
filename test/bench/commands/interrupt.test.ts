/** Ctrl-C and SIGTERM in the middle of a bench: what was measured is kept and shown, and nothing is left. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Result } from '../../../bench/results.ts'
import { hasProc } from '../../../bench/supervisor/process-table.ts'
import { ownHome, pidsIn } from '../../helpers/own-home.ts'
import { runMain } from '../../helpers/run-main.ts'
import { blocksIn, resultAt, startGapwise } from '../../helpers/spawn-bench.ts'

// A slow machine takes minutes for what is only waited for.
t.setTimeout(900_000)
const skip = hasProc ? false : 'this system has no /proc to look for leftovers in'
const blocksOf = ({ windows }: Result): number => new Set(windows.map(({ block }) => block)).size
const words = ['bench', 'baseline', 'tuned', '--workload', 'json', '--budget', '12s']

t.test('SIGINT after a block', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const bench = startGapwise(t, home, [...words, '--out', out])
  await bench.until(() => (blocksIn(out) ?? 0) > 0)
  t.ok(home.leftovers().length > 0, 'this test can see what runs')
  bench.kill('SIGINT')
  t.equal(await bench.ended, 130)
  t.strictSame(await home.untilClean(), [], 'nothing is left')
  const result = await resultAt(out)
  t.equal(result.state, 'partial')
  t.ok(result.windows.length > 0, 'the block is kept')
  t.match(bench.out(), /^The run was stopped early\. Indicative/)
  t.match(bench.out(), /json, 32 connections\n.*requests\/s.*\n {2}baseline/)
  t.ok(bench.out().includes(out), 'the file is named')
  t.match(
    bench.err(),
    /^(Making the PostgreSQL .*\n)?measuring baseline, tuned on json: .*\nTo go on with it: .*\n$/,
    'no error is told',
  )
  const report = await runMain(['report', out])
  t.strictSame([report.code, report.out], [0, bench.out()], 'and can be shown again')

  const [, advice = ''] = /^To go on with it: npm run bench -- (.*)$/m.exec(bench.err()) ?? []
  t.match(advice, new RegExp(`--resume ${out}$`))
  const further = startGapwise(t, home, ['bench', ...advice.split(' ')])
  t.equal(await further.ended, 0, further.err())
  const whole = await resultAt(out)
  t.match(whole, { state: 'complete', id: result.id, seed: result.seed })
  t.strictSame(
    whole.windows.slice(0, result.windows.length),
    result.windows,
    'what was measured before stays',
  )
  const blocks = [...new Set(whole.windows.map(({ block }) => block))]
  t.strictSame(blocks, [...blocks.keys()], 'the blocks follow one another')
  const [sitting, ...others] = whole.sittings ?? []
  t.strictSame([sitting?.firstBlock, others.length], [blocksOf(result), 0])
  t.match(further.out(), /made in 2 sittings/)
  t.strictSame(await home.untilClean(), [])
})

t.test('SIGTERM before the first block has ended', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const bench = startGapwise(t, home, [...words, '--out', out])
  await bench.until(() => blocksIn(out) !== undefined)
  bench.kill('SIGTERM')
  t.equal(await bench.ended, 143)
  t.strictSame(await home.untilClean(), [])
  const { state, windows } = await resultAt(out)
  t.strictSame([state, windows], ['partial', []])
  t.match(bench.out(), /^The run was stopped early\. No verdict/)
})

t.test('SIGINT before there is a result file', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const bench = startGapwise(t, home, [...words, '--out', out])
  await bench.until(() => !home.isUntouched())
  bench.kill('SIGINT')
  t.equal(await bench.ended, 130)
  t.strictSame(await home.untilClean(), [])
  t.match(bench.err(), /Interrupted before anything was measured\.\n$/)
  t.equal(bench.out(), '')
  t.equal(blocksIn(out), undefined, 'no empty file')
})

t.test('a second SIGINT means now', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const bench = startGapwise(t, home, [...words, '--out', out])
  await bench.until(() => blocksIn(out) !== undefined)
  const [contender = 0] = await bench.until(() => {
    const pids = pidsIn(home, /src\/main\.ts tuned/)
    return pids.length > 0 && pids
  })
  // A contender that does not listen makes the first SIGINT wait for it.
  process.kill(contender, 'SIGSTOP')
  bench.kill('SIGINT')
  await sleep(100)
  bench.kill('SIGINT')
  t.equal(await bench.ended, 130)
  t.equal(bench.out(), '', 'it did not stay to print')
  t.strictSame(await home.untilClean(), [], 'the guardian clears away')
  t.match((await resultAt(out)).state, /^(running|partial)$/, 'the file is whole')
})
