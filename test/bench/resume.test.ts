/** Going on with a run: only with the same run, only with what is left of it, and nothing of it is lost. */
import { join } from 'node:path'
import t from 'tap'
import { createPlan } from '../../bench/plan/create-plan.ts'
import { createRecorder, type Header, resumeRecorder } from '../../bench/result/recorder.ts'
import { readResult } from '../../bench/result/read.ts'
import { assertSameRun, readEarlier, restOf } from '../../bench/resume.ts'
import { fakeHeader, fakeWindows } from './results/fixtures/fake-run.ts'

const windows = fakeWindows(
  [
    { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 50_000 },
    { contender: 'tuned', workload: 'json', capacity: 25_000, costNs: 40_000 },
  ],
  3,
)
const blockOf = (index: number) => ({
  windows: windows.filter(({ block }) => block === index),
  warmups: [],
})
const loadAverage: [number, number, number] = [0, 0, 0]

/** A run that was stopped after its first block. */
async function stopped(dir: string, header: Header = fakeHeader()): Promise<string> {
  const recorder = await createRecorder({ dir, header })
  await recorder.block(blockOf(0), { gates: [{ name: 'identity', ok: true }] })
  await recorder.finish('partial', {
    environment: { stealShare: 0.01 },
    warnings: [{ code: 'CUT_SHORT', message: 'The run was cut short by a test' }],
  })
  return recorder.path
}

const plan = createPlan({
  contenders: ['baseline', 'tuned'],
  workloads: [{ name: 'json' }],
  connections: [32],
  seed: 7,
  budgetMs: 60_000,
  blocks: 4,
})

t.test('the plan goes on with the block after the last', async (t) => {
  const earlier = await readEarlier(await stopped(t.testdir({})))
  t.equal(earlier.blocks, 1)
  const rest = restOf(plan, earlier)
  t.strictSame(rest.blocks, plan.blocks.slice(1))
  t.strictSame([rest.expectedBlocks, rest.totalMs], [3, 3 * plan.blockMs])
})

t.test('a run that has all of its blocks is refused', async (t) => {
  const earlier = await readEarlier(await stopped(t.testdir({})))
  t.throws(() => restOf(plan, { ...earlier, blocks: 4 }), {
    failure: 'usage',
    code: 'NOTHING_LEFT',
    message: /all 4 blocks/,
  })
})

t.test('blocks are added to the file, and what cut it short is forgotten', async (t) => {
  const path = await stopped(t.testdir({}))
  const { result } = await readEarlier(path)
  const sitting = { id: 'b', startedAt: '2026-01-02T00:00:00.000Z', firstBlock: 1 }
  const recorder = await resumeRecorder({
    path,
    result,
    sitting: { ...sitting, before: { loadAverage } },
  })
  t.match(await readResult(path), { state: 'running', sittings: [sitting] })
  await recorder.block(blockOf(1))
  await recorder.block(blockOf(2))
  await recorder.finish('complete', { environment: { stealShare: 0.02 } })
  const whole = await readResult(path)
  t.strictSame(whole.windows, windows)
  t.match(whole, {
    id: result.id,
    startedAt: result.startedAt,
    state: 'complete',
    environment: { stealShare: 0.01 },
    sittings: [{ ...sitting, stealShare: 0.02 }],
    comparisons: [{ blocks: 3 }],
  })
  t.notOk(whole.warnings.some(({ code }) => code === 'CUT_SHORT'))
  t.ok(whole.gates.some(({ name, basis }) => name === 'identity' && basis === 'observed'))
})

t.test('another machine, plan, seed or contender is another run', async (t) => {
  const header = fakeHeader()
  const earlier = await readEarlier(await stopped(t.testdir({}), header))
  assertSameRun(earlier, header)
  const { design, environment, contenders } = header
  const [base, ...others] = contenders
  const different: Readonly<Record<string, Partial<Header>>> = {
    'seed: 7 then': { seed: 8 },
    'cores: ': { environment: { ...environment, cores: 64 } },
    'rounds: ': { design: { ...design, rounds: design.rounds + 1 } },
    'contenders: ': { contenders: [base!] },
    'versions of baseline: ': {
      contenders: [{ ...base!, versions: { ...base!.versions, fastify: '1.0.0' } }, ...others],
    },
  }
  for (const [said, change] of Object.entries(different))
    t.throws(
      () => assertSameRun(earlier, { ...header, ...change }),
      { failure: 'notComparable', code: 'RESUME_DIFFERS', message: new RegExp(`\\n  ${said}`) },
      said,
    )
})

t.test(
  'a tree with changes, another budget and the number of blocks are no hindrance',
  async (t) => {
    const header = fakeHeader()
    const earlier = await readEarlier(await stopped(t.testdir({}), header))
    const { design, environment } = header
    assertSameRun(earlier, {
      ...header,
      design: { ...design, blocks: 99, budgetMs: 1 },
      environment: { ...environment, git: { commit: 'c0ffee', dirty: true } },
    })
    t.pass('no error')
  },
)

t.test('an invalid run is not gone on with', async (t) => {
  const dir = t.testdir({})
  const recorder = await createRecorder({ dir, header: fakeHeader(), out: join(dir, 'bad.json') })
  await recorder.block(blockOf(0))
  await recorder.finish('invalid')
  await t.rejects(readEarlier(recorder.path), { failure: 'usage', code: 'RUN_INVALID' })
})
