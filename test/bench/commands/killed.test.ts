/** kill -9 in the middle of a bench or a serve, of the command itself or of the npm that runs it. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { freePort } from '../../../bench/sockets.ts'
import { hasProc } from '../../../bench/supervisor/process-table.ts'
import { ownHome, pidsIn } from '../../helpers/own-home.ts'
import { runMain } from '../../helpers/run-main.ts'
import { blocksIn, resultAt, startCommand, startGapwise } from '../../helpers/spawn-bench.ts'

// A slow machine takes minutes for what is only waited for.
t.setTimeout(900_000)
const skip = hasProc ? false : 'this system has no /proc to look for leftovers in'
const words = ['baseline', 'tuned', '--workload', 'json', '--budget', '12s']

t.test('kill -9 of a bench leaves a whole file and nothing else', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const bench = startGapwise(t, home, ['bench', ...words, '--out', out])
  await bench.until(() => (blocksIn(out) ?? 0) > 0)
  bench.kill('SIGKILL')
  t.equal(await bench.ended, 'SIGKILL')
  t.strictSame(await home.untilClean(), [])
  const { state, windows } = await resultAt(out)
  t.equal(state, 'running')
  t.ok(windows.length > 0)
  const report = await runMain(['report', out])
  t.equal(report.code, 0)
  t.match(report.out, /^The run has not ended\. /)
})

t.test('kill -9 of npm ends the bench that it runs', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const npm = startCommand(t, home, 'npm', ['run', 'bench', '--', ...words, '--out', out])
  const bench = await npm.until(() => blocksIn(out) === 0 && pidsIn(home, /main\.ts bench/)[0])
  t.not(bench, npm.pid, 'npm runs it as another process')
  npm.kill('SIGKILL')
  t.equal(await npm.ended, 'SIGKILL')
  t.strictSame(await home.untilClean(), [], 'long before it would have ended')
  t.equal((await resultAt(out)).state, 'partial', 'as after SIGTERM')
})

t.test('serve, Ctrl-C and kill -9', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  for (const [signal, end] of [
    ['SIGINT', 0],
    ['SIGKILL', 'SIGKILL'],
  ] as const)
    await t.test(signal, async (t) => {
      const port = String(await freePort())
      const serve = startGapwise(t, home, ['serve', 'tuned', '--port', port])
      await serve.until(() => serve.err().includes('Ctrl-C stops it'))
      t.ok(serve.err().includes(`tuned serves http://127.0.0.1:${port}`))
      const answer = await fetch(`http://127.0.0.1:${port}/db`)
      t.equal(answer.status, 200)
      await answer.text()
      serve.kill(signal)
      t.equal(await serve.ended, end, 'a server that is told to stop has not failed')
      t.strictSame(await home.untilClean(), [])
    })
})

t.test('a served program that ends by itself is an error', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const serve = startGapwise(t, home, ['serve', 'tuned', '--port', String(await freePort())])
  await serve.until(() => serve.err().includes('Ctrl-C stops it'))
  const [server = 0] = pidsIn(home, /src\/main\.ts tuned/)
  process.kill(server, 'SIGKILL')
  t.equal(await serve.ended, 5)
  t.match(serve.err(), /\nSERVER_ENDED: tuned ended by itself \(SIGKILL\)\. The end of its log:\n/)
  t.strictSame(await home.untilClean(), [])
})

t.test('a reader that goes away is no failure', { skip }, async (t) => {
  const home = ownHome(t)
  const main = join(import.meta.dirname, '../../../bench/main.ts')
  // `true` ends at once, so nobody reads what is written after the pause.
  const line = `{ sleep 0.3; "${process.execPath}" "${main}" --help; echo "code $?" >&2; } | true`
  const { stderr } = spawnSync('sh', ['-c', line], { env: home.env, encoding: 'utf8' })
  t.equal(stderr, 'code 0\n')
})
