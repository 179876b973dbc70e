import t from 'tap'
import type { CellPlan } from '../../../bench/plan.ts'
import { warmUp, type Slice } from '../../../bench/runner/warm-up.ts'

const cell = (over: Partial<CellPlan['warmup']> = {}): CellPlan => ({
  workload: 'json',
  connections: 8,
  contenders: ['a', 'b'],
  warmup: { connections: 8, leastRequests: 5_000, mostMs: 10_000, ...over },
  minRequests: 32,
  fill: { requests: 128, untilMs: 100 },
  rounds: [],
  limitMs: 0,
})

/** A server that answers `requests` in a slice at the cost that `costNs` gives for the slice's number. */
const slice = (requests: number, durationMs: number, costNs: number): Slice => ({
  reading: {
    requests,
    errors: { status: 0, body: 0, socket: 0, timeout: 0 },
    elapsedNs: durationMs * 1e6,
    generatorCpuNs: 0,
  },
  cpuNs: requests * costNs,
})

const { signal } = new AbortController()

t.test('an arm that is warm waits for the one that is not', async (t) => {
  const log: string[] = []
  const counts = new Map<string, number>()
  const warmups = await warmUp({
    block: 3,
    cell: cell(),
    signal,
    drive: async (arm, durationMs) => {
      log.push(arm)
      const n = (counts.get(arm) ?? 0) + 1
      counts.set(arm, n)
      return slice(1_000, durationMs, arm === 'a' || n > 9 ? 50_000 : 100_000 - 5_000 * n)
    },
  })
  t.same(log.slice(0, 4), ['a', 'b', 'a', 'b'])
  t.equal(log.filter((arm) => arm === 'a').length, 6, 'six slices show that it is steady')
  t.ok(log.filter((arm) => arm === 'b').length > 10)
  t.same(
    warmups.map(({ block, contender, steady }) => [block, contender, steady]),
    [
      [3, 'a', true],
      [3, 'b', true],
    ],
  )
})

t.test('every arm gives the same number of answers at least', async (t) => {
  const warmups = await warmUp({
    block: 0,
    cell: cell({ leastRequests: 30_000 }),
    signal,
    drive: async (arm, durationMs) => slice(arm === 'a' ? 4_000 : 1_000, durationMs, 50_000),
  })
  t.same(
    warmups.map(({ requests }) => requests),
    [32_000, 30_000],
  )
})

t.test('a limit ends it, and what was not steady by then is said', async (t) => {
  let n = 0
  const falling = await warmUp({
    block: 0,
    cell: cell({ mostMs: 900 }),
    signal,
    drive: async (_arm, durationMs) => slice(10, durationMs, 1e6 / ++n),
  })
  t.match(falling, [
    { durationMs: 900, steady: false },
    { durationMs: 900, steady: false },
  ])
  const slow = await warmUp({
    block: 0,
    cell: cell({ mostMs: 2_000 }),
    signal,
    drive: async (_arm, durationMs) => slice(10, durationMs, 1e6),
  })
  t.match(slow, [
    { requests: 100, steady: true },
    { requests: 100, steady: true },
  ])
})

t.test('where CPU is not known the time per answer stands for it', async (t) => {
  const [first] = await warmUp({
    block: 0,
    cell: cell(),
    signal,
    drive: async (_arm, durationMs) => ({ ...slice(1_000, durationMs, 0), cpuNs: undefined }),
  })
  t.match(first, { requests: 6_000, steady: true })
})

t.test('an interrupted warm-up leaves nothing', async (t) => {
  const controller = new AbortController()
  const warmups = await warmUp({
    block: 0,
    cell: cell(),
    signal: controller.signal,
    drive: async (_arm, durationMs) => {
      controller.abort()
      return slice(1_000, durationMs, 50_000)
    },
  })
  t.same(warmups, [])
})
