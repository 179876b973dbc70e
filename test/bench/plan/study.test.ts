import t from 'tap'
import type { PlanRequest } from '../../../bench/plan/request.ts'
import { createStudyPlan } from '../../../bench/plan/study-plan.ts'
import { kneeReference, probeMs, sweepShares } from '../../../bench/plan/study.ts'

const request = (over: Partial<PlanRequest> = {}): PlanRequest => ({
  contenders: ['baseline', 'tuned'],
  workloads: [{ name: 'json' }],
  connections: [],
  seed: 7,
  budgetMs: 600_000,
  ...over,
})
const slo = { kind: 'slo', limits: [{ metric: 'latencyP99', limitUs: 10_000 }] } as const

t.test('shares go from 10 % to 110 % in about equal factors, with 30 % among them', async (t) => {
  t.equal(sweepShares.length, 8)
  t.equal(sweepShares[0], 0.1)
  t.equal(sweepShares.at(-1), 1.1)
  t.ok(sweepShares.includes(kneeReference))
  for (const [index, share] of sweepShares.slice(1).entries()) {
    const factor = share / (sweepShares[index] ?? 1)
    t.ok(factor > 1.37 && factor < 1.46, `${factor}`)
  }
})

t.test('a sweep has every share three times in each block, in an order of its own', async (t) => {
  const { blocks, study, cells, rounds, paces } = createStudyPlan(request(), { kind: 'sweep' })
  t.match(study, { kind: 'sweep', windows: 3, windowMs: 1_000 })
  t.ok(blocks.length >= 4 && blocks.length <= 8)
  t.same({ rounds, paces }, { rounds: 0, paces: [] })
  t.same(cells, [{ workload: 'json', connections: 32 }])
  const orders = blocks.map(({ trials }) => trials[0]?.cells[0]?.steps ?? [])
  for (const steps of orders) {
    t.equal(steps.length, 24)
    for (const share of sweepShares) t.equal(steps.filter((each) => each === share).length, 3)
  }
  t.ok(new Set(orders.map(String)).size > 1)
  for (const { trials } of blocks)
    for (const {
      cells: [cell],
    } of trials)
      for (const arms of cell?.rounds ?? []) t.same(arms.toSorted(), ['baseline', 'tuned'])
  t.same(createStudyPlan(request(), { kind: 'sweep' }).blocks, blocks, 'the seed decides')
})

t.test('a small budget has shorter windows, then one block, then none', async (t) => {
  const of = (budgetMs: number) => createStudyPlan(request({ budgetMs }), { kind: 'sweep' })
  const shape = (budgetMs: number) => {
    const { study, blocks } = of(budgetMs)
    return [study?.kind === 'sweep' ? study.windowMs : undefined, blocks.length]
  }
  t.same(shape(150_000), [1_000, 2])
  t.same(shape(130_000), [750, 2], 'a second block is worth more than long windows')
  t.same(shape(105_000), [500, 2])
  t.same(shape(60_000), [500, 1])
  for (let budgetMs = 60_000; budgetMs <= 600_000; budgetMs += 10_000) {
    const { totalMs, blocks } = of(budgetMs)
    t.ok(totalMs <= budgetMs)
    t.ok(blocks.length >= 1)
  }
  t.throws(() => of(10_000), { code: 'BUDGET_TOO_SMALL', message: /for one block of --sweep/ })
  t.throws(() => createStudyPlan(request({ budgetMs: 10_000 }), slo), {
    code: 'BUDGET_TOO_SMALL',
    failure: 'usage',
  })
})

t.test('a search has one block, or as many as fit or were asked for', async (t) => {
  const blocks = (over: Partial<PlanRequest>): number =>
    createStudyPlan(request(over), slo).blocks.length
  t.equal(blocks({ budgetMs: 180_000 }), 1)
  t.ok(blocks({ budgetMs: 600_000 }) > 2)
  t.equal(blocks({ budgetMs: 6_000_000 }), 8)
  t.equal(blocks({ blocks: 11 }), 11)
  t.equal(createStudyPlan(request(), slo).indicative, true)
})

t.test('a probe is as long as its percentile asks for', async (t) => {
  const p99 = (rate: number): number => probeMs(rate, slo)
  t.equal(p99(20_000), 1_000, 'at least')
  t.equal(p99(5_000), 2_000, '10,000 answers')
  t.equal(p99(1_000), 3_000, 'usually')
  t.equal(p99(200), 5_000, 'a tenth of them')
  t.equal(p99(10), 12_000, 'at most')
  t.equal(probeMs(50, { limits: [{ metric: 'latencyP50', limitUs: 1_000 }] }), 3_000)
})

t.test('what is wrong in any plan is wrong here', async (t) => {
  t.throws(() => createStudyPlan(request({ contenders: ['a', 'a'] }), slo), {
    code: 'DUPLICATE_CONTENDER',
  })
})
