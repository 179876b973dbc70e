/** Profiles that are broken, and results that are or are not there: in a copy of the project with its own. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyProject } from '../../helpers/copy-project.ts'
import { ownHome } from '../../helpers/own-home.ts'
import { enter, isRefusal, type Mistake } from '../../helpers/refusal.ts'
import { type Ended, runMain } from '../../helpers/run-main.ts'
import { resultFixture } from './fixtures/result.ts'

t.test('with profiles and results of its own', async (t) => {
  const home = ownHome(t)
  enter(t, home)
  const copy = await copyProject(t.testdir())
  const run = (...argv: string[]): Promise<Ended> => runMain(argv, {}, copy.main)
  const profile = (name: string, text: string): void =>
    writeFileSync(join(copy.profiles, `${name}.json`), text)

  await t.test('broken profiles', async (t) => {
    const clash = { 'connection-per-request': true, 'prepared-statements': true }
    profile('broken', '{ "description": "x", ')
    profile('loose', '{ "description": "x", "toggels": {} }')
    profile('typo', '{ "description": "x", "toggles": { "worker": true } }')
    profile('clash', JSON.stringify({ description: 'x', toggles: clash }))
    profile('circle', '{ "description": "x", "extends": "circle", "toggles": {} }')
    profile('orphan', '{ "description": "x", "extends": "basline", "toggles": {} }')
    const cases: Mistake[] = [
      ['broken', 'BAD_JSON', ['broken.json', 'not valid JSON', 'Correct the file']],
      ['loose', 'BAD_PROFILE', ['loose.json', 'toggles']],
      ['typo', 'UNKNOWN_TOGGLE', ['typo.json', '"worker"', 'Did you mean "workers"?']],
      ['clash', 'TOGGLE_CLASH', ['"connection-per-request"', '"prepared-statements"']],
      ['circle', 'EXTENDS_CYCLE', ['circle.json', 'circle → circle']],
      ['orphan', 'UNKNOWN_PROFILE', ['"basline"', 'Did you mean "baseline"?']],
    ]
    for (const [name, code, says] of cases)
      for (const argv of [
        ['bench', name],
        ['serve', name],
        ['diff', 'baseline', name],
      ])
        isRefusal(t, await run(...argv), { exit: 2, code, says })
    t.ok(home.isUntouched())
  })

  await t.test('no result yet', async (t) => {
    isRefusal(t, await run('report'), { exit: 2, code: 'NO_RESULTS', says: ['npm run bench'] })
    const { code, out, err } = await run('diff', 'baseline', 'tuned')
    t.strictSame([code, err], [0, ''], 'a difference in configuration is one all the same')
    t.match(out, /^tuned differs from baseline in \d+ toggles; .* has not been measured yet/)
    t.match(out, /npm run diff -- baseline tuned --measure/)
  })

  await t.test('a diff that measured nothing of it', async (t) => {
    const { text } = await resultFixture({ stale: true })
    const path = join(copy.results, 'stale.json')
    writeFileSync(path, text)
    isRefusal(t, await run('diff', 'baseline', 'tuned', '--results', path), {
      exit: 4,
      code: 'NOT_IN_RESULT',
      says: [path, 'tuned', 'it holds baseline, tuned', 'npm run diff -- baseline tuned --measure'],
    })
    t.match((await run('diff', 'baseline', 'tuned')).out, /has not been measured yet/)
  })

  await t.test('the newest result that has both is taken', async (t) => {
    const { text, result } = await resultFixture()
    writeFileSync(join(copy.results, 'fresh.json'), text)
    const told = await run('diff', 'baseline', 'tuned')
    t.strictSame([told.code, told.err], [0, ''])
    const { code, out, err } = await run('diff', 'baseline', 'tuned', '--json')
    t.strictSame([code, err], [0, ''])
    const document = JSON.parse(out) as {
      a: { name: string }
      b: { name: string; toggles: object }
      differences: { toggle: string; summary: string; tradeoff: string; b: object | null }[]
      measured: { path: string; comparisons: { ratio: number; verdict: string }[] }
    }
    t.equal(document.a.name, 'baseline')
    const words = told.out.replaceAll(/\s+/g, ' ')
    t.strictSame(
      document.differences.map(({ toggle }) => toggle),
      Object.keys(document.b.toggles),
      'all that tuned switches, baseline being the quick start',
    )
    for (const { toggle, summary, tradeoff } of document.differences)
      for (const part of [toggle, summary, tradeoff]) t.ok(words.includes(part), part)
    t.ok(words.includes(document.measured.path))
    t.strictSame(
      document.measured.comparisons,
      JSON.parse(JSON.stringify(result.comparisons.filter((each) => each.contender === 'tuned'))),
    )
    t.match(words, /on queries 0\.40 times the CPU per request/)
  })

  await t.test('one server under two names', async (t) => {
    for (const extra of [[], ['--measure']]) {
      const { code, out, err } = await run('diff', 'tuned', 'tuned', ...extra)
      t.strictSame([code, err], [0, ''])
      t.match(out, /they are one server/)
    }
    t.ok(home.isUntouched(), 'nothing was measured')
  })

  await t.test('report as JSON is the document', async (t) => {
    const { result } = await resultFixture()
    const { code, out } = await run('report', join(copy.results, 'fresh.json'), '--format', 'json')
    t.equal(code, 0)
    t.strictSame(JSON.parse(out), JSON.parse(JSON.stringify(result)))
    const markdown = await run('report', join(copy.results, 'fresh.json'), '--format', 'md')
    t.match(markdown.out, /\| tuned +\|/)
  })
})
