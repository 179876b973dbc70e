/** Order of execution of studies: capacities first, then rates, the arms in turn. */
import t from 'tap'
import type { PacedOrder } from '../../../bench/engine.ts'
import { connectionsFor } from '../../../bench/plan/pace.ts'
import { sweepShares } from '../../../bench/plan/study.ts'
import { run } from '../../../bench/runner.ts'
import { fakeRun, type FakeWorld } from '../../helpers/fake-run.ts'

const json: NonNullable<FakeWorld['plan']> = {
  workloads: [{ name: 'json' }],
  connections: [],
  budgetMs: 600_000,
  blocks: 2,
}
// 100 answers in 80 ms.
const capacity = 1_250

t.test('a sweep drives every share in the order of the plan, each after settling', async (t) => {
  const orders: PacedOrder[] = []
  const { parts, plan, log, studied, recorded } = fakeRun({
    plan: json,
    study: { kind: 'sweep' },
    onWindow: (order) => {
      if ('ratePerSecond' in order) orders.push(order)
    },
  })
  t.same(await run(parts), { blocksDone: 2, interrupted: false })
  t.same(recorded, [[], []], 'and leaves no windows of an operating point')
  const cell = plan.blocks[0]?.trials[0]?.cells[0]
  t.same(
    studied[0]?.capacities.map(({ contender, perSecond }) => [contender, perSecond]),
    [
      ['a', capacity],
      ['b', capacity],
    ],
  )
  const probes = studied[0]?.probes ?? []
  t.same(
    probes.map(({ shareOfCapacity, contender, step }) => [step, shareOfCapacity, contender]),
    cell?.steps?.flatMap((share, step) =>
      (cell.rounds[step] ?? []).map((arm) => [step, share, arm]),
    ),
  )
  for (const { ratePerSecond, shareOfCapacity = 0, connections, cpuNs, paced } of probes) {
    t.equal(ratePerSecond, shareOfCapacity * capacity)
    t.equal(connections, connectionsFor(ratePerSecond))
    t.equal(cpuNs, 1_000_000, 'of the window alone')
    t.ok(paced.latency.count > 0)
  }
  const perShare = Map.groupBy(probes, ({ shareOfCapacity }) => shareOfCapacity)
  t.same(new Set(perShare.keys()), new Set(sweepShares))
  for (const own of perShare.values()) t.equal(own.length, 3 * 2)
  t.same(
    log
      .filter((line) => /^(settle|paced) /.test(line))
      .map((line) => line.split(' ')[0])
      .slice(0, 4),
    ['settle', 'paced', 'settle', 'paced'],
  )
  t.equal(orders.length, 2 * 2 * probes.length)
  t.not(
    String(plan.blocks[0]?.trials[0]?.cells[0]?.steps),
    String(plan.blocks[1]?.trials[0]?.cells[0]?.steps),
    'another order in each block',
  )
})

t.test('searches take turns until each is at its end', async (t) => {
  const slo = { kind: 'slo', limits: [{ metric: 'latencyP99', limitUs: 10_000 }] } as const
  const { parts, studied, log } = fakeRun({
    plan: json,
    study: slo,
    latencyUs: (arm, rate) => (rate > (arm === 'a' ? 600 : 300) ? 20_000 : 1_000),
  })
  await run(parts)
  const probes = studied[0]?.probes ?? []
  const of = (arm: string) => probes.filter(({ contender }) => contender === arm)
  t.not(probes[0]?.contender, probes[1]?.contender)
  t.equal(probes[0]?.contender, probes[2]?.contender)
  for (const arm of ['a', 'b'])
    t.same(
      of(arm).map(({ step }) => step),
      of(arm).map((_, step) => step),
    )
  t.equal(of('a')[0]?.ratePerSecond, capacity / 4)
  t.equal(of('b')[0]?.ratePerSecond, capacity / 4)
  const last = (arm: string): number => of(arm).at(-1)?.ratePerSecond ?? 0
  t.ok(last('a') <= 600 && last('a') * 1.05 >= 600, `${last('a')}`)
  t.ok(last('b') <= 300 && last('b') * 1.05 >= 300, `${last('b')}`)
  t.ok(
    log.some((line) => line.startsWith('verify')),
    'between two looks at the contract',
  )
})

t.test('an interrupted study leaves no half block', async (t) => {
  for (const study of [
    { kind: 'sweep' },
    { kind: 'slo', limits: [{ metric: 'latencyP99', limitUs: 10_000 }] },
  ] as const) {
    const controller = new AbortController()
    const { parts, studied } = fakeRun({
      plan: json,
      study,
      controller,
      onWindow: (order) => {
        if ('ratePerSecond' in order && studied.length === 1) controller.abort('SIGINT')
      },
    })
    t.same(await run(parts), { blocksDone: 1, interrupted: true })
    t.equal(studied.length, 1)
  }
})
