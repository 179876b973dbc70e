/** The README's service of one's own: its peer.json is the one printed there, and it can be verified and measured from anywhere. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { hasProc } from '../../bench/supervisor/process-table.ts'
import { type OwnHome, ownHome } from '../helpers/own-home.ts'
import { runMain } from '../helpers/run-main.ts'
import { resultAt, startGapwise } from '../helpers/spawn-bench.ts'
import { readme } from './commands.ts'

const skip = hasProc ? false : 'this system has no /proc to look for leftovers in'
const example = fileURLToPath(new URL('../../docs/own-service/', import.meta.url))

/** A copy outside of the repository. */
function build(t: Test): { folder: string; home: OwnHome } {
  const home = ownHome(t, { postgres: true })
  const folder = join(home.temp, 'my-app')
  cpSync(example, folder, { recursive: true })
  return { folder, home }
}

t.setTimeout(240_000)

t.test('the README prints its peer.json', async (t) => {
  const [, printed] =
    /<!-- own service -->\s*```json\n([^]*?)```\s*<!-- end of own service -->/.exec(readme()) ?? []
  t.equal(printed, readFileSync(join(example, 'peer.json'), 'utf8'))
})

t.test(
  'a folder outside of the repository is verified, and what differs is named',
  { skip },
  async (t) => {
    const { folder, home } = build(t)
    const right = startGapwise(t, home, ['verify', folder])
    t.equal(await right.ended, 0)
    t.equal(right.out(), `${folder}:default keeps the contract (json)\n`)
    const file = join(folder, 'server.mjs')
    writeFileSync(file, readFileSync(file, 'utf8').replace("message: 'Hello", "massage: 'Hello"))
    const wrong = startGapwise(t, home, ['verify', folder])
    t.equal(await wrong.ended, 5)
    t.match(wrong.out(), /GET \/json: expected .*"message":"Hello, World!".*, found .*massage/)
    t.match(wrong.err(), /^VERIFY_FAILED: /)
    t.strictSame(await home.untilClean(), [])
  },
)

t.test(
  'gaps to it are told on what it offers, and the rest is said to be left out',
  { skip },
  async (t) => {
    const { folder, home } = build(t)
    const out = join(home.temp, 'result.json')
    const words = [
      'bench',
      'baseline',
      'tuned',
      '--against',
      folder,
      '--workload',
      'json,plaintext',
    ]
    const bench = startGapwise(t, home, [
      ...words,
      '--blocks',
      '2',
      '--budget',
      '40s',
      '--out',
      out,
    ])
    t.equal(await bench.ended, 0)
    const id = `${folder}:default`
    t.ok(bench.err().includes(`${id} takes no part in plaintext.\n`))
    t.match(bench.out().replaceAll(/\s+/g, ' '), `note ${id} takes no part in plaintext.`)
    t.match(bench.out(), `\n\nGap from baseline to ${id}: peer / base`)
    const { design, contenders, gaps, command } = await resultAt(out)
    t.same(design.against, [id])
    t.same(
      contenders.map((each) => each.id),
      ['baseline', 'tuned', id],
    )
    t.same(
      gaps.map(({ workload, contender, peer, metric }) => [workload, contender, peer, metric]),
      [
        ['json', 'tuned', id, 'cost'],
        ['json', 'tuned', id, 'capacity'],
      ],
    )
    t.match(command, `--against ${folder}`)
    t.equal((await runMain(['report', out])).out, bench.out(), 'report shows the same')
    t.strictSame(await home.untilClean(), [])
  },
)
