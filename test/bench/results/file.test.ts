import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { readResult } from '../../../bench/result/read.ts'
import { checkOut, createRecorder } from '../../../bench/result/recorder.ts'
import { analysisVersion, type Result, type Window } from '../../../bench/results.ts'
import { fakeHeader, fakeWindows } from './fixtures/fake-run.ts'

const windows = fakeWindows(
  [
    { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 50_000 },
    { contender: 'tuned', workload: 'json', capacity: 25_000, costNs: 40_000 },
  ],
  2,
)

const taken = (some: readonly Window[]) => ({ windows: some, warmups: [] })

await t.test('the file is whole at the start, after each block and at the end', async (t) => {
  const dir = join(t.testdir({}), 'results')
  const recorder = await createRecorder({ dir, header: fakeHeader() })
  t.equal(recorder.path, join(dir, '20260101T000000Z-abcdef.json'))
  t.match(await readResult(recorder.path), { state: 'running', windows: [], schemaVersion: 1 })

  await recorder.block(taken(windows.filter(({ block }) => block === 0)))
  t.match(await readResult(recorder.path), { state: 'running', comparisons: [{ blocks: 1 }] })

  await recorder.block(taken(windows.filter(({ block }) => block === 1)))
  const after = { loadAverage: [1, 1, 1] as [number, number, number] }
  const written = await recorder.finish('complete', { environment: { after, stealShare: 0.01 } })
  const result = await readResult(recorder.path)
  t.same(result, JSON.parse(JSON.stringify(written)))
  t.match(result, { state: 'complete', environment: { stealShare: 0.01 }, finishedAt: String })
  t.same(await readdir(dir), ['20260101T000000Z-abcdef.json'], 'no draft is left')
  await t.rejects(recorder.finish('partial'), /finished/)
})

await t.test('failed gates stay failed, and warnings are said once', async (t) => {
  const recorder = await createRecorder({ dir: t.testdir({}), header: fakeHeader() })
  const contract = (ok: boolean) => ({ gates: [{ name: 'contract', ok, contender: 'tuned' }] })
  const warnings = [{ code: 'STEAL', message: 'the hypervisor took 3 %' }]
  await recorder.block(taken([]), { ...contract(true), warnings })
  await recorder.block(taken([]), { ...contract(false), warnings })
  const result = await recorder.finish('partial', contract(true))
  t.same(
    result.gates.filter(({ basis }) => basis === 'observed'),
    [{ name: 'contract', ok: false, contender: 'tuned', basis: 'observed' }],
  )
  t.equal(result.warnings.length, 1)
})

await t.test('an existing file is never overwritten', async (t) => {
  const dir = t.testdir({ 'mine.json': 'precious' })
  const out = join(dir, 'mine.json')
  const expected = { failure: 'usage', code: 'OUT_EXISTS' }
  await t.rejects(createRecorder({ dir, out, header: fakeHeader() }), expected)
  await t.rejects(checkOut(out), expected)
  t.equal(await readFile(out, 'utf8'), 'precious')
})

await t.test('a folder that is not there is found before measuring', async (t) => {
  const out = join(t.testdir({}), 'no', 'such', 'result.json')
  await t.rejects(checkOut(out), { failure: 'usage', code: 'OUT_NOT_WRITABLE' })
})

await t.test('files that cannot be trusted are refused by their own codes', async (t) => {
  const dir = t.testdir({})
  const recorder = await createRecorder({ dir, header: fakeHeader() })
  await recorder.block(taken(windows))
  const sound = await recorder.finish('complete')
  const refused = async (name: string, text: string, code: string, failure = 'invalid') => {
    const path = join(dir, name)
    await writeFile(path, text)
    await t.rejects(readResult(path), { code, failure }, name)
  }
  const edited = (edit: (result: Result) => void): string => {
    const copy = structuredClone(sound)
    edit(copy)
    return JSON.stringify(copy)
  }
  await refused('broken', '{"schemaVersion": 1,', 'RESULT_CORRUPT')
  await refused('other', '{"schemaVersion": 1}', 'RESULT_CORRUPT')
  await refused('array', '[]', 'RESULT_CORRUPT')
  await refused('newer', '{"schemaVersion": 2, "anything": true}', 'RESULT_NEWER')
  await refused('newer rules', '{"schemaVersion": 1, "analysis": 99}', 'RESULT_NEWER')
  await refused('strange rules', '{"schemaVersion": 1, "analysis": "x"}', 'RESULT_CORRUPT')
  await refused(
    'ratio',
    edited(({ comparisons }) => {
      comparisons[0]!.ratio += 0.001
    }),
    'RESULT_MISMATCH',
  )
  await refused(
    'window',
    edited(({ windows }) => {
      windows[0]!.requests += 1
    }),
    'RESULT_MISMATCH',
  )
  await refused(
    'verdict',
    edited(({ comparisons }) => {
      comparisons[0]!.verdict = 'worse'
    }),
    'RESULT_MISMATCH',
  )
  await refused(
    'warnings',
    edited((result) => {
      result.warnings = [...result.warnings, { code: 'X', message: 'x', basis: 'derived' }]
    }),
    'RESULT_MISMATCH',
  )
  await t.rejects(readResult(join(dir, 'absent')), { code: 'RESULT_UNREADABLE', failure: 'usage' })
})

await t.test('rounding in the last digits is forgiven', async (t) => {
  const dir = t.testdir({})
  const recorder = await createRecorder({ dir, header: fakeHeader() })
  await recorder.block(taken(windows))
  const result = structuredClone(await recorder.finish('complete'))
  result.comparisons[0]!.ratio *= 1 + 1e-12
  const path = join(dir, 'rounded.json')
  await writeFile(path, JSON.stringify(result))
  t.equal((await readResult(path)).state, 'complete')
})

await t.test('what older rules made of the windows is worked out anew, in silence', async (t) => {
  const dir = t.testdir({})
  const recorder = await createRecorder({ dir, header: fakeHeader() })
  await recorder.block(taken(windows))
  const current = await recorder.finish('complete')
  t.equal(current.analysis, analysisVersion)
  const { analysis: _, ...old } = structuredClone(current)
  old.comparisons[0]!.verdict = 'worse'
  const path = join(dir, 'old.json')
  const expected = JSON.parse(JSON.stringify(current))
  await writeFile(path, JSON.stringify(old))
  t.same(JSON.parse(JSON.stringify(await readResult(path))), expected, 'no version at all')
  await writeFile(path, JSON.stringify({ ...old, analysis: 1, gaps: [{ shape: 'old' }] }))
  t.same(JSON.parse(JSON.stringify(await readResult(path))), expected, 'and another shape')
  await writeFile(path, JSON.stringify({ ...old, windows: [{}] }))
  await t.rejects(readResult(path), { code: 'RESULT_CORRUPT' }, 'but its windows must be sound')
})
