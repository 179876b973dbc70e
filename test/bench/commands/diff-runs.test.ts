/** Two result files on the command line: compared, or refused with what stands against it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { diffRuns, isResultFile } from '../../../bench/commands/diff-runs.ts'
import { diff } from '../../../bench/commands/diff.ts'
import type { Io } from '../../../bench/io.ts'
import type { Result } from '../../../bench/results.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'

const told = (): { readonly io: Io; readonly text: () => string } => {
  const parts: string[] = []
  const io: Io = {
    out: (text) => parts.push(text),
    err: () => undefined,
    colour: false,
    interactive: false,
    columns: 100,
    signal: new AbortController().signal,
  }
  return { io, text: () => parts.join('') }
}

const folder = t.testdir({
  'profile.json': '{ "description": "x", "toggles": {} }',
  'broken.json': '{ "schemaVersion": 1, ',
})
const write = (name: string, result: Result): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(result))
  return path
}
const result = fakeResult()
const old = write('old.json', result)
const elsewhere = write('elsewhere.json', {
  ...result,
  environment: { ...result.environment, cores: 8 },
})
const strict = { allowDifferent: false, json: false }

t.test('a result file is told from a profile by what it holds', async (t) => {
  t.ok(isResultFile(old))
  for (const name of ['profile.json', 'broken.json', 'missing.json'])
    t.notOk(isResultFile(join(folder, name)), name)
  t.notOk(isResultFile('baseline'))
})

t.test('two runs that are alike are compared', async (t) => {
  const { io, text } = told()
  t.equal(await diffRuns(old, write('new.json', result), strict, io), 0)
  const words = text().replaceAll(/\s+/g, ' ')
  t.match(words, /^Of 6 cells that both runs measured, the later one has \d same/)
  t.match(words, 'Two runs are not paired')
  t.notMatch(words, 'NOT ALIKE')
  t.ok(
    Math.max(
      ...text()
        .split('\n')
        .map((line) => line.length),
    ) <=
      100 + folder.length,
  )
})

t.test('another machine is refused by name, or marked where the user allows it', async (t) => {
  await t.rejects(diffRuns(old, elsewhere, strict, told().io), {
    code: 'RUNS_DIFFER',
    failure: 'notComparable',
    message: /cores: 2 then, 8 now[^]*--allow-different/,
  })
  const { io, text } = told()
  t.equal(await diffRuns(old, elsewhere, { allowDifferent: true, json: false }, io), 0)
  t.match(text(), /^The runs differ in more than the contenders/)
  t.match(text(), /NOT ALIKE[^]*cores: 2 then, 8 now/)
  const asJson = told()
  await diffRuns(old, elsewhere, { allowDifferent: true, json: true }, asJson.io)
  t.match(JSON.parse(asJson.text()), {
    comparable: false,
    obstacles: [{ what: 'cores', old: '2', new: '8' }],
  })
})

t.test('runs that have nothing in common, or did not end, are refused', async (t) => {
  const alone = fakeResult({
    contenders: result.contenders.slice(0, 1),
    windows: result.windows.filter(
      ({ contender, workload }) => contender === 'baseline' && workload === 'json',
    ),
  })
  const other = fakeResult({
    windows: result.windows.filter(({ workload }) => workload === 'queries'),
  })
  await t.rejects(
    diffRuns(write('alone.json', alone), write('other.json', other), strict, told().io),
    { code: 'NOTHING_IN_COMMON', failure: 'notComparable' },
  )
  const running = write('running.json', { ...result, state: 'running' })
  await t.rejects(diffRuns(old, running, strict, told().io), {
    code: 'RUN_INVALID',
    message: /running\.json is still running/,
  })
})

t.test('a result file beside a profile is a mistake', async (t) => {
  const options = {
    ...strict,
    workload: 'json',
    connections: '32',
    quick: false,
    engine: 'built-in',
    measure: false,
  }
  await t.rejects(diff(old, 'baseline', options, told().io), {
    code: 'MIXED_ARGUMENTS',
    failure: 'usage',
  })
})
