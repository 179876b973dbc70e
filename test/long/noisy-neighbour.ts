/** A neighbour that begins to spin in the middle of a run: the gate `quiet` sees it, and the verdict is a first look. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { hasProc } from '../../bench/supervisor/process-table.ts'
import { ownHome } from '../helpers/own-home.ts'
import { blocksIn, resultAt, startGapwise } from '../helpers/spawn-bench.ts'

const skip = hasProc ? false : 'this system does not tell what its processes use'
t.setTimeout(400_000)

t.test('a spinning neighbour makes a firm run indicative', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const words = ['bench', 'baseline', 'tuned', '--workload', 'json']
  const bench = startGapwise(t, home, [...words, '--blocks', '8', '--budget', '50s', '--out', out])
  await bench.until(() => (blocksIn(out) ?? 0) > 0, 120_000)
  const neighbour = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
  t.teardown(() => neighbour.kill('SIGKILL'))
  t.equal(await bench.ended, 0, 'a busy machine is told and is no error')
  neighbour.kill('SIGKILL')
  const { design, gates } = await resultAt(out)
  t.equal(design.indicative, false, 'as it was planned it would have been firm')
  const quiet = gates.find(({ name }) => name === 'quiet')
  t.match(quiet, {
    ok: false,
    detail: /other processes at most [\d.]+ %.*; disturbed \d of 8 blocks/,
  })
  t.match(bench.out(), /^Indicative \(8 blocks\)/)
  t.match(bench.out(), /\nnote +The machine was busy with something else/)
  t.strictSame(await home.untilClean(), [])
})
