import t from 'tap'
import type { PacedOrder, WindowOrder } from '../../../bench/engine.ts'
import { run } from '../../../bench/runner.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

const atRate = {
  workloads: [{ name: 'json' }],
  connections: [],
  rates: [3_000],
  budgetMs: 120_000,
} as const

t.test('each window at a rate comes right after a settling at that rate', async (t) => {
  const { parts, log, plan } = fakeRun({ plan: atRate })
  t.same(await run(parts), { blocksDone: 2, interrupted: false })
  const driven = log.filter((line) => /^(warm-up|settle|paced|window) /.test(line))
  const first = driven.findIndex((line) => !line.startsWith('warm-up'))
  t.ok(first > 0, 'the warm-up comes first, in a closed loop')
  const [pace] = plan.paces
  const perCell = 4 * (pace?.rounds ?? 0)
  const cell = driven.slice(first, first + 2 * perCell)
  const arms = plan.blocks[0]?.trials[0]?.cells[0]?.rounds.flat()
  t.same(
    cell,
    arms?.flatMap((arm) => [`settle json@3000/s ${arm}`, `paced json@3000/s ${arm}`]),
  )
  t.notOk(driven.some((line) => line.startsWith('window')))
})

t.test('settling is not counted, but its answers are known to have been given', async (t) => {
  const answers = new Map<string, number>()
  const { parts, recorded, plan, recordedFindings } = fakeRun({
    plan: { ...atRate, workloads: [{ name: 'db' }] },
    counters: () => new Map([['world', { read: 1e9, inserted: 0, updated: 0, deleted: 0 }]]),
    onWindow: (order) => {
      const rate = 'ratePerSecond' in order ? order.ratePerSecond : undefined
      const given = rate === undefined ? 100 : Math.ceil((rate * order.durationMs) / 1_000)
      answers.set(order.arm, (answers.get(order.arm) ?? 0) + given)
    },
  })
  await run({ ...parts, plan: { ...plan, blocks: plan.blocks.slice(0, 1) } })
  const [pace] = plan.paces
  t.ok(recorded[0]?.every(({ requests }) => requests === 3 * (pace?.windowMs ?? 0)))
  t.equal(recordedFindings[0]?.[0]?.stated, answers.get('a'))
})

t.test(
  'a window at a rate is recorded with its point, its counts and its histograms',
  async (t) => {
    const { parts, recorded, recordedWarmups, plan } = fakeRun({ plan: atRate })
    await run(parts)
    const planned = 3 * (plan.paces[0]?.windowMs ?? 0)
    for (const window of recorded.flat())
      t.match(window, {
        workload: 'json',
        connections: 150,
        ratePerSecond: 3_000,
        requests: planned,
        cpuNs: 1_000_000,
        paced: {
          planned,
          sentInTime: planned,
          dropped: 0,
          late: 0,
          lateAlthoughIdle: 0,
          latency: { count: planned, pairs: [1_000, planned] },
          service: { count: planned, pairs: [900, planned] },
          lag: { count: planned },
        },
      })
    for (const warmup of recordedWarmups.flat()) t.match(warmup, { ratePerSecond: 3_000 })
  },
)

t.test('closed loops and rates share a trial, each with windows of its own kind', async (t) => {
  const orders: (WindowOrder | PacedOrder)[] = []
  const { parts, recorded, plan } = fakeRun({
    plan: { ...atRate, connections: [8] },
    onWindow: (order) => void orders.push(order),
  })
  await run(parts)
  const kinds = Map.groupBy(recorded[0] ?? [], ({ ratePerSecond }) => ratePerSecond)
  t.equal(kinds.get(undefined)?.length, 4 * plan.rounds)
  t.equal(kinds.get(3_000)?.length, 4 * (plan.paces[0]?.rounds ?? 0))
  t.ok(kinds.get(undefined)?.every(({ paced }) => paced === undefined))
  t.ok(kinds.get(3_000)?.every(({ paced }) => paced !== undefined))
  const paced = orders.filter((order) => 'ratePerSecond' in order)
  const closed = orders.filter((order) => !('ratePerSecond' in order))
  t.same(
    new Set(closed.map(({ connections }) => connections)),
    new Set([8, 16, 32]),
    'the plateau has 16',
  )
  t.same(
    new Set(paced.map(({ durationMs }) => durationMs)),
    new Set([plan.paces[0]?.settleMs, plan.paces[0]?.windowMs]),
  )
  t.same(new Set(paced.map(({ connections }) => connections)), new Set([150]))
})

t.test('an arm that the rate overwhelms is left out after its first round', async (t) => {
  const { parts, recorded, plan } = fakeRun({
    plan: { ...atRate, budgetMs: 600_000 },
    sentShare: (arm) => (arm === 'b' ? 0.5 : 1),
  })
  const [pace] = plan.paces
  t.ok((pace?.rounds ?? 0) > 1)
  await run(parts)
  for (const block of recorded) {
    const of = (id: string): number => block.filter(({ contender }) => contender === id).length
    t.equal(of('b'), 2)
    t.equal(of('a'), 2 * (pace?.rounds ?? 0), 'the others have all of theirs')
  }
})

t.test('an interruption at a rate leaves no half block', async (t) => {
  const controller = new AbortController()
  const { parts, recorded } = fakeRun({
    plan: atRate,
    controller,
    onWindow: (order) => {
      if ('ratePerSecond' in order && recorded.length === 1) controller.abort('SIGINT')
    },
  })
  t.same(await run(parts), { blocksDone: 1, interrupted: true })
  t.equal(recorded.length, 1)
})
