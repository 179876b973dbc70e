import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { effectFromFile, effectIn, newestEffect, resultFiles } from '../../bench/effect.ts'
import { resolveProfile } from '../../src/profile/resolve.ts'
import { resultFixture } from './commands/fixtures/result.ts'
import { fakeResult } from './report/fixtures/fake-result.ts'

const baseline = await resolveProfile('baseline')
const tuned = await resolveProfile('tuned')
const naive = await resolveProfile('naive')
const { result, text } = await resultFixture()

t.test('the effect of the second on the first', async (t) => {
  const effect = effectIn(result, 'x.json', baseline, tuned)
  t.match(effect, { path: 'x.json', startedAt: result.startedAt, indicative: true, blocks: 4 })
  t.strictSame(
    effect?.comparisons,
    result.comparisons.filter(({ contender }) => contender === 'tuned'),
    'where the base is that of the run, the numbers are the same',
  )
})

t.test('the other way round everything is turned over', async (t) => {
  const one = effectIn(result, 'x.json', baseline, tuned)?.comparisons ?? []
  const other = effectIn(result, 'x.json', tuned, baseline)?.comparisons ?? []
  t.equal(other.length, one.length)
  const opposite = { better: 'worse', worse: 'better' } as Record<string, string>
  for (const each of one) {
    const back = other.find(
      ({ workload, metric }) => workload === each.workload && metric === each.metric,
    )
    const name = `${each.workload} ${each.metric}`
    t.match(back, { base: 'tuned', contender: 'baseline' }, name)
    t.ok(Math.abs((back?.ratio ?? 0) * each.ratio - 1) < 1e-9, `${name} ratio`)
    t.ok(Math.abs((back?.low ?? 0) * (each.high ?? 0) - 1) < 1e-9, `${name} interval`)
    t.equal(back?.verdict, opposite[each.verdict] ?? each.verdict, `${name} verdict`)
  }
  t.ok(one.some(({ verdict }) => verdict === 'better'))
})

t.test('no effect without both', async (t) => {
  t.equal(effectIn(result, 'x', baseline, naive), undefined, 'one was not measured')
  t.equal(effectIn(fakeResult(), 'x', baseline, tuned), undefined, 'one has other toggles now')
  t.equal(effectIn(result, 'x', tuned, tuned), undefined, 'nothing differs from itself')
  t.equal(effectIn({ ...result, windows: [] }, 'x', baseline, tuned), undefined, 'no block ended')
  const urls = result.contenders.map((each) => ({ ...each, kind: 'url' as const }))
  t.equal(effectIn({ ...result, contenders: urls }, 'x', baseline, tuned), undefined, 'a URL')
})

t.test('a run cut short is indicative, whatever was planned', async (t) => {
  const planned = { ...result, design: { ...result.design, blocks: 12, indicative: false } }
  t.equal(effectIn(planned, 'x', baseline, tuned)?.indicative, true)
})

t.test('the newest result that has both', async (t) => {
  const dir = t.testdir({ 'notes.txt': 'x', 'folder.json': {} })
  const write = (name: string, content: string, second: number): string => {
    const path = join(dir, name)
    writeFileSync(path, content)
    utimesSync(path, second, second)
    return path
  }
  t.equal(await newestEffect(dir, baseline, tuned), undefined)
  const oldest = write('c.json', text, 1000)
  const wanted = write('a.json', text, 2000)
  const without = write('d.json', JSON.stringify(fakeResult()), 3000)
  const broken = write('b.json', text.slice(0, 100), 4000)
  t.strictSame(resultFiles(dir), [broken, without, wanted, oldest], 'newest first, files only')
  t.equal((await newestEffect(dir, baseline, tuned))?.path, wanted)
  t.strictSame(resultFiles(join(dir, 'missing')), [], 'no folder, no files')
})

t.test('a named file must have both', async (t) => {
  const path = join(t.testdir(), 'r.json')
  writeFileSync(path, text)
  t.equal((await effectFromFile(path, baseline, tuned)).path, path)
  await t.rejects(effectFromFile(path, baseline, naive), {
    code: 'NOT_IN_RESULT',
    failure: 'notComparable',
    message: /baseline and naive.*it holds baseline, tuned, express:default.*--measure/,
  })
  await t.rejects(effectFromFile(join(path, 'x'), baseline, naive), { code: 'RESULT_UNREADABLE' })
})
