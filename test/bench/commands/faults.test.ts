/** Contenders that die or answer wrongly: named, never measured, and what was measured before is kept. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { hasProc } from '../../../bench/supervisor/process-table.ts'
import { ownHome, pidsIn } from '../../helpers/own-home.ts'
import { peerFolder } from '../../helpers/peer-folder.ts'
import { runMain } from '../../helpers/run-main.ts'
import { blocksIn, resultAt, startGapwise } from '../../helpers/spawn-bench.ts'

// A slow machine takes minutes for what is only waited for.
t.setTimeout(900_000)
const skip = hasProc ? false : 'this system has no /proc to look for leftovers in'

const serverCode = readFileSync(new URL('fixtures/peer.js', import.meta.url), 'utf8')

/** A peer that offers /json; `fault` decides which answers are wrong. */
const faultyPeer = (t: Test, fault: 'always' | 'sometimes' | 'never'): string =>
  peerFolder(t, serverCode, { FAULT: fault })

t.test('a contender that is killed in the middle', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const out = join(t.testdir(), 'result.json')
  const bench = startGapwise(
    t,
    home,
    ['bench', 'baseline', 'tuned', '--workload', 'json'].concat('--budget', '12s', '--out', out),
  )
  await bench.until(() => (blocksIn(out) ?? 0) > 0)
  const servers = (): number[] => pidsIn(home, /src\/main\.ts tuned/)
  // Into its second block, where it is checked or measured; one that is gone by then belonged to the first.
  for (let killed = false; !killed;) {
    const victim = await bench.until(() => servers()[0])
    await sleep(1500)
    killed = servers().includes(victim)
    if (killed) process.kill(victim, 'SIGKILL')
  }
  t.equal(await bench.ended, 5)
  t.match(bench.err(), /\n(CONTENDER_DIED|CONTENDER_START|VERIFY_FAILED): [^\n]*tuned/, 'named')
  t.match(bench.err(), /\n\d blocks? (is|are) kept from before the failure: npm run report -- /)
  t.equal(bench.out(), '')
  t.strictSame(await home.untilClean(), [])
  const { state, windows, warnings } = await resultAt(out)
  t.equal(state, 'partial')
  t.ok(windows.length > 0, 'the first block is kept')
  t.ok(warnings.some(({ code, message }) => code === 'CUT_SHORT' && message.includes('tuned')))
  const report = await runMain(['report', out])
  t.equal(report.code, 0)
  t.match(report.out, /note +The run was cut short by/)
})

t.test('a peer that answers wrongly is not measured', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const folder = faultyPeer(t, 'always')
  const out = join(folder, 'result.json')
  const bench = startGapwise(
    t,
    home,
    ['bench', 'baseline', folder, '--workload', 'json'].concat('--budget', '12s', '--out', out),
  )
  t.equal(await bench.ended, 5)
  t.match(
    bench.err(),
    /\nVERIFY_FAILED: .*:default breaks the contract before the measurement.*\n.*GET \/json: expected .*Hello, World!.*found .*Goodbye/,
    'the difference is named',
  )
  t.equal(bench.out(), '')
  t.equal(blocksIn(out), undefined, 'no file without a block')
  t.strictSame(await home.untilClean(), [])
  const verify = startGapwise(t, home, ['verify', folder])
  t.equal(await verify.ended, 5)
  t.match(verify.out(), /:default breaks the contract:\n.*found .*Goodbye/)
  t.match(verify.err(), /^VERIFY_FAILED: /)
  t.strictSame(await home.untilClean(), [])
})

t.test('one that answers wrongly under load alone gets no number', { skip }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const folder = faultyPeer(t, 'sometimes')
  const out = join(folder, 'result.json')
  const bench = startGapwise(
    t,
    home,
    ['bench', 'baseline', folder, '--workload', 'json'].concat('--budget', '12s', '--out', out),
  )
  t.equal(await bench.ended, 6)
  t.match(bench.out(), /^No verdict: there is nothing to compare with baseline, see the notes\./)
  t.match(bench.out(), /\n {2}(B|\S+:default)( +-){5} {2}see notes\n/, 'no number in its row')
  const words = bench.out().replaceAll(/\s+/g, ' ')
  t.match(words, /note No number for \S+:default on json .* answers failed \(\d+ body\), first: /)
  t.match(words, /Goodbye/, 'what was found')
  t.match(words, /errors \d+ \(limit 0, .*\) FAILED/)
  const { state, summaries } = await resultAt(out)
  t.equal(state, 'complete')
  t.strictSame([...new Set(summaries.map(({ contender }) => contender))], ['baseline'])
  t.strictSame(await home.untilClean(), [])
})
