import t from 'tap'
import { compareRuns } from '../../../bench/result/across.ts'
import { contenderChanges, obstacles } from '../../../bench/result/obstacles.ts'
import type { Result } from '../../../bench/results.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'
import { fakeContender, fakeRaw, fakeWindows, type Truth } from './fixtures/fake-run.ts'

const json = (costNs: number, blockFactors: readonly number[]): Truth => ({
  contender: 'baseline',
  workload: 'json',
  capacity: 20_000,
  costNs,
  blockFactors,
})

const steady = [1, 1.002, 0.998, 1.001]

t.test('the same cell of two runs is compared by Welch over block means', async (t) => {
  const old = fakeRaw(fakeWindows([json(40_000, steady)]))
  const later = fakeRaw(fakeWindows([json(50_000, steady)]))
  const cost = compareRuns(old, later).find(({ metric }) => metric === 'cost')
  t.match(cost, {
    workload: 'json',
    contender: 'baseline',
    point: { connections: 32 },
    verdict: 'worse',
    deciding: true,
    blocks: { old: 4, new: 4 },
  })
  t.ok(Math.abs((cost?.ratio ?? 0) - 1.25) < 1e-9)
  // Block logs: 0, 0.001998, -0.002002, 0.0009995, variance 2.9166e-6 on each side; standard error
  // sqrt(2 * 2.9166e-6 / 4) = 0.00120760, df 6, t = 2.446912: half 0.00295487.
  const half = Math.log((cost?.high ?? 0) / (cost?.low ?? 1)) / 2
  t.ok(Math.abs(half - 0.0029549) < 1e-6, `${half}`)
})

t.test('runs without a difference are the same where their intervals are narrow', async (t) => {
  const run = fakeRaw(fakeWindows([json(40_000, steady)]))
  t.equal(compareRuns(run, run).find(({ deciding }) => deciding)?.verdict, 'same')
  const wild = fakeRaw(fakeWindows([json(40_000, [1, 1.2, 0.8, 1.1])]))
  t.equal(compareRuns(run, wild).find(({ deciding }) => deciding)?.verdict, 'unresolved')
})

t.test('verdicts of the deciding metrics hold together over the cells', async (t) => {
  // Alone p is about 0.03; Holm over two cells doubles it.
  const noisy = [1, 1.01, 0.99, 1.004]
  const truths = (shift: number): Truth[] => [
    { ...json(40_000 * (1 + shift), noisy) },
    { ...json(40_000, noisy), contender: 'tuned' },
  ]
  const one = compareRuns(
    fakeRaw(fakeWindows([truths(0)[0]!])),
    fakeRaw(fakeWindows([truths(0.016)[0]!])),
  )
  const two = compareRuns(fakeRaw(fakeWindows(truths(0))), fakeRaw(fakeWindows(truths(0.016))))
  const word = (rows: typeof one): string | undefined =>
    rows.find(({ contender, deciding }) => contender === 'baseline' && deciding)?.verdict
  t.equal(word(one), 'slightly worse')
  t.equal(word(two), 'unresolved')
})

t.test('cells of one run alone, and cells with errors, are left out', async (t) => {
  const both = fakeRaw(fakeWindows([json(40_000, steady)]))
  const other = fakeRaw(fakeWindows([{ ...json(40_000, steady), contender: 'tuned' }]))
  t.same(compareRuns(both, other), [])
  const broken = fakeRaw(
    fakeWindows([json(40_000, steady)]).map((window) => ({
      ...window,
      errors: { ...window.errors, body: 1 },
    })),
  )
  t.same(compareRuns(both, broken), [])
})

const changed = (environment: Partial<Result['environment']>): Result => {
  const result = fakeResult()
  return { ...result, environment: { ...result.environment, ...environment } }
}
const named = (later: Result, old = fakeResult()): string[] =>
  obstacles(old, later).map(({ what }) => what)

t.test('what stands against comparing two runs is named', async (t) => {
  t.same(named(fakeResult()), [])
  t.same(named(changed({ cpu: 'Other CPU', cores: 4 })), ['cpu', 'cores'])
  t.same(obstacles(fakeResult(), changed({ node: 'v24.12.0' })), [
    { what: 'node', old: 'v26.10.0', new: 'v24.12.0' },
  ])
  const database = { version: '17.1', origin: 'embedded', settings: { synchronous_commit: 'on' } }
  t.same(named(changed({ database })), ['database', 'database settings'])
  t.match(obstacles(fakeResult(), changed({ git: { commit: 'abc', dirty: true } })), [
    { what: 'tree', new: 'abc with changes' },
  ])
  const { design } = fakeResult()
  t.same(named(fakeResult({ design: { ...design, windowMs: 100, connections: [32, 64] } })), [
    'connections',
    'window ms',
  ])
})

t.test('more blocks, other contenders and other workloads are no obstacle', async (t) => {
  const { design } = fakeResult()
  const more = { ...design, blocks: 12, workloads: design.workloads.slice(0, 1) }
  t.same(named(fakeResult({ design: more, contenders: [fakeContender('baseline')] })), [])
})

t.test('a Node of its own that a contender runs on counts, its toggles are told', async (t) => {
  const old = fakeResult()
  const contenders = old.contenders.map((each) =>
    each.id === 'tuned'
      ? { ...each, toggles: { workers: {} }, versions: { node: 'v24.12.0', fastify: '5.0.0' } }
      : each,
  )
  const later = fakeResult({ contenders })
  t.same(named(later), ['node of tuned'])
  t.same(
    contenderChanges(old, later).map(({ what }) => what),
    ['toggles of tuned', 'versions of tuned'],
  )
})
