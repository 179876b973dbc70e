import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { assertOneFresh, tellNoise } from '../../../bench/commands/noise.ts'
import type { Io } from '../../../bench/io.ts'
import { keepNoise, noiseFile, readNoise } from '../../../bench/noise.ts'
import { designLine } from '../../../bench/report/notes.ts'
import { fingerprintOf, type Noise, noiseOf } from '../../../bench/result/floor.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'

const { environment, design } = fakeResult()
const noise = noiseOf(fakeResult()) as Noise

t.test('a floor is kept by machine and found again on it alone', async (t) => {
  const results = t.testdir()
  t.equal(await readNoise(results, environment), undefined, 'nothing yet')
  const file = await keepNoise(results, noise)
  t.equal(file, noiseFile(results, fingerprintOf(environment)))
  t.strictSame(await readNoise(results, environment), JSON.parse(JSON.stringify(noise)))
  await keepNoise(results, { ...noise, runId: 'later-run' })
  t.equal((await readNoise(results, environment))?.runId, 'later-run', 'the newest is kept')
  t.equal(readdirSync(join(results, 'noise')).length, 1, 'and no draft')
  for (const other of [{ cpu: 'x' }, { cores: 3 }, { kernel: 'x' }, { node: 'v1.0.0' }])
    t.equal(await readNoise(results, { ...environment, ...other }), undefined)
})

t.test('a file of another format is as good as none', async (t) => {
  const results = t.testdir()
  const file = await keepNoise(results, noise)
  for (const text of ['{', '{}', JSON.stringify({ ...noise, schemaVersion: 2 })]) {
    writeFileSync(file, text)
    t.equal(await readNoise(results, environment), undefined, text.slice(0, 20))
  }
  const foreign = { ...noise, fingerprint: { ...noise.fingerprint, cores: 64 } }
  writeFileSync(file, JSON.stringify(foreign))
  t.equal(await readNoise(results, environment), undefined, 'a copied file')
})

const told = (): { readonly io: Io; readonly text: () => string } => {
  const parts: string[] = []
  const io: Io = {
    out: (text) => parts.push(text),
    err: (text) => parts.push(text),
    colour: false,
    interactive: false,
    columns: 100,
    signal: new AbortController().signal,
  }
  return { io, text: () => parts.join('') }
}

t.test('a whole run is kept, one cut short is only told', async (t) => {
  const results = t.testdir()
  const cut = told()
  t.equal(
    await tellNoise(
      { result: fakeResult({ state: 'partial' }), path: 'r' },
      results,
      false,
      cut.io,
    ),
    0,
  )
  t.notOk(existsSync(join(results, 'noise')))
  const whole = told()
  t.equal(await tellNoise({ result: fakeResult(), path: 'r' }, results, true, whole.io), 0)
  t.strictSame(JSON.parse(whole.text()), JSON.parse(JSON.stringify(noise)))
  t.ok(await readNoise(results, environment))
  const empty = told()
  t.equal(
    await tellNoise({ result: fakeResult({ windows: [] }), path: 'r' }, results, false, empty.io),
    6,
  )
  t.match(empty.text(), 'npm run report -- r')
})

t.test('only one contender that is started afresh has a twin', async (t) => {
  await assertOneFresh('baseline')
  await t.rejects(assertOneFresh('http://127.0.0.1:1'), { code: 'NOT_FRESH', failure: 'usage' })
})

t.test('later runs mention the floor beside the limit of "same"', async (t) => {
  const floor = { share: 0.026, runId: 'r', measuredAt: '2026-01-01T00:00:00Z', blocks: 8 }
  const line = (firm: boolean): string =>
    designLine(fakeResult({ design: { ...design, delta: 0.026, floor: { ...floor, firm } } }))
  t.match(
    line(true),
    '"same" means within 2.6 % (two identical servers differed by up to 2.6 % on this machine, 8 blocks, 2026-01-01)',
  )
  t.match(line(false), 'on this machine, indicative, 8 blocks')
  t.notMatch(designLine(fakeResult()), 'identical servers')
})
