/** Footprints are derived by block, with Student's t over blocks and ratios that pair them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { footprintSummaries } from '../../../bench/result/footprint.ts'
import { createRecorder } from '../../../bench/result/recorder.ts'
import { readResult } from '../../../bench/result/read.ts'
import type { FootprintStart, Raw, Window } from '../../../bench/results.ts'
import { fakeHeader, fakeRaw, fakeWindows } from './fixtures/fake-run.ts'

const start = (
  block: number,
  contender: string,
  more: Partial<FootprintStart>,
): FootprintStart => ({
  block,
  workload: 'json',
  contender,
  unknown: {},
  ...more,
})

const windows = fakeWindows([
  { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 50_000 },
  { contender: 'tuned', workload: 'json', capacity: 25_000, costNs: 40_000 },
])

const raw = (footprint: Partial<NonNullable<Raw['footprint']>>, own: Window[] = []): Raw => ({
  ...fakeRaw(own),
  footprint: { starts: [], stands: [], installs: [], ...footprint },
})

const find = (of: Raw, measure: string, contender: string) =>
  footprintSummaries(of)?.find((row) => row.measure === measure && row.contender === contender)

t.test('a file without a footprint has none derived', async (t) => {
  t.equal(footprintSummaries(fakeRaw(windows)), undefined)
})

t.test('a value is the mean over blocks, a ratio the geometric one', async (t) => {
  const of = raw({
    starts: [
      start(0, 'baseline', { readyMs: 100 }),
      // Two starts of a block are one observation: 150.
      start(1, 'baseline', { readyMs: 100, workload: 'json' }),
      start(1, 'baseline', { readyMs: 200, workload: 'db' }),
      start(0, 'tuned', { readyMs: 200 }),
      start(1, 'tuned', { readyMs: 75 }),
    ],
  })
  // Mean of 100 and 150; sd 35.36, t(0.975, 1) = 12.7062, half width 12.7062 * 35.36 / sqrt(2) = 317.7.
  const base = find(of, 'startTime', 'baseline')
  t.match(base, { value: 125, blocks: 2, unit: 'ms' })
  t.ok(Math.abs((base?.high ?? 0) - (125 + 317.655)) < 0.01, `${base?.high}`)
  t.equal(base?.ratio, undefined)
  // ln 2 and ln 0.5: their mean is 0.
  const tuned = find(of, 'startTime', 'tuned')
  t.ok(Math.abs((tuned?.ratio?.value ?? 0) - 1) < 1e-12)
})

t.test('calls are those of all windows of a block, by answer', async (t) => {
  const io = { readCalls: 2_000, writeCalls: 1_000, writtenBytes: 200_000 }
  const known = windows.map((window) => ({ ...window, io }))
  const [reads, bytes] = ['readCalls', 'writtenBytes'].map((measure) =>
    find(raw({}, known), measure, 'tuned'),
  )
  t.match(reads, { value: 2, workload: 'json', connections: 32, blocks: 4, ratio: { value: 1 } })
  t.match(bytes, { value: 200 })
  const { io: _lost, ...unknown } = known[0]!
  const partly = find(raw({}, [unknown, ...known.slice(1)]), 'readCalls', 'baseline')
  t.equal(partly?.blocks, 3, 'a block in which one window does not know is left out')
  t.match(find(raw({}, windows), 'readCalls', 'tuned'), { unknown: /does not tell/, blocks: 0 })
  const failing = known.map((window) => ({ ...window, errors: { ...window.errors, body: 1 } }))
  t.match(find(raw({}, failing), 'readCalls', 'tuned'), { unknown: 'answers failed' })
})

t.test(
  'garbage is by 1,000 answers, an idle connection is the difference by their number',
  async (t) => {
    const stands = [0, 1].map((block) => ({
      block,
      workload: 'json',
      contender: 'baseline',
      garbage: { requests: 4_000, collections: 2, collectingNs: 8e6, heapBytes: 20e6 },
      idle: { connections: 1_000, withoutBytes: 50e6, withBytes: 58e6 },
      unknown: {},
    }))
    const other = { ...stands[0]!, contender: 'tuned' }
    const { garbage: _none, ...withoutGarbage } = other
    const gone = { ...withoutGarbage, unknown: { garbage: 'it is no Node' } }
    const of = raw({ stands: [...stands, gone] })
    t.match(find(of, 'collections', 'baseline'), { value: 0.5 })
    t.match(find(of, 'collecting', 'baseline'), { value: 2e6 })
    t.match(find(of, 'heap', 'baseline'), { value: 20e6, workload: 'json' })
    t.match(find(of, 'idleConnection', 'baseline'), { value: 8_000 })
    const unknown = find(of, 'heap', 'tuned')
    t.match(unknown, { unknown: 'it is no Node', blocks: 0 })
    t.notOk(unknown && 'value' in unknown, 'and never 0')
    t.match(find(of, 'idleConnection', 'tuned'), { value: 8_000, ratio: { value: 1 } })
  },
)

t.test('nothing above 0 has no ratio', async (t) => {
  const idle = { connections: 10, withoutBytes: 50e6, withBytes: 49e6 }
  const scope = { block: 0, workload: 'json', unknown: {} }
  const stands = ['baseline', 'tuned'].map((contender) => ({ ...scope, contender, idle }))
  const row = find(raw({ stands }), 'idleConnection', 'tuned')
  t.equal(row?.value, -100_000)
  t.equal(row?.ratio, undefined)
})

t.test('a size on disk is one number, or the reason why there is none', async (t) => {
  const of = raw({
    installs: [
      { contender: 'baseline', bytes: 40, detail: 'packages' },
      { contender: 'tuned', detail: 'somebody else started it' },
    ],
  })
  t.same(find(of, 'install', 'baseline'), {
    measure: 'install',
    unit: 'bytes',
    contender: 'baseline',
    value: 40,
    blocks: 0,
  })
  t.match(find(of, 'install', 'tuned'), { unknown: 'somebody else started it' })
})

t.test('a file keeps it, and a figure that was changed is found', async (t) => {
  const header = { ...fakeHeader(), installs: [{ contender: 'tuned', bytes: 7, detail: 'x' }] }
  const recorder = await createRecorder({ dir: t.testdir({}), header })
  await recorder.block({
    windows,
    warmups: [],
    starts: [start(0, 'tuned', { readyMs: 5 })],
    stands: [{ block: 0, workload: 'json', contender: 'tuned', unknown: { idle: 'why' } }],
  })
  const written = await recorder.finish('complete')
  t.same(await readResult(recorder.path), JSON.parse(JSON.stringify(written)))
  const doctored = structuredClone(written)
  doctored.footprintSummaries!.find(({ measure }) => measure === 'startTime')!.value = 4
  const path = join(t.testdirName, 'doctored.json')
  await writeFile(path, JSON.stringify(doctored))
  await t.rejects(readResult(path), {
    code: 'RESULT_MISMATCH',
    message: /footprintSummaries\[0\]\.value/,
  })
})
