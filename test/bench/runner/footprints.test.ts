import t from 'tap'
import { createPlan } from '../../../bench/plan/create-plan.ts'
import { run } from '../../../bench/runner.ts'
import type { BlockRecord } from '../../../bench/runner/parts.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

t.test('footprint stands come when the trials of a block are over', async (t) => {
  const { parts, log } = fakeRun()
  const stands: BlockRecord['stands'][] = []
  const end = await run({
    ...parts,
    footprint: async ({ block, contender: { id }, workload }) => {
      log.push(`footprint ${id} ${workload}`)
      return { block, contender: id, workload, unknown: {} }
    },
    record: async (block) => {
      stands.push(block.stands)
      return parts.record(block)
    },
  })
  t.equal(end.blocksDone, 2)
  const first = log.indexOf('footprint a json')
  t.same(log.slice(first, first + 2), ['footprint a json', 'footprint b json'])
  t.match(log[first + 2], /^record/)
  const started = log.slice(0, first).filter((line) => line.startsWith('start')).length
  const stopped = log.slice(0, first).filter((line) => line.startsWith('stop')).length
  t.equal(started, stopped, 'nothing else runs meanwhile')
  t.same(
    stands.map((each) => each.map(({ block, contender }) => `${block} ${contender}`)),
    [
      ['0 a', '0 b'],
      ['1 a', '1 b'],
    ],
  )
})

t.test('a contender is driven with the first workload that it offers', async (t) => {
  const workloads = [{ name: 'json', contenders: ['a'] }, { name: 'db' }]
  const { parts } = fakeRun({ plan: { workloads } })
  const asked = new Set<string>()
  await run({
    ...parts,
    footprint: async ({ block, contender: { id }, workload }) => {
      asked.add(`${id} ${workload}`)
      return { block, contender: id, workload, unknown: {} }
    },
  })
  t.same([...asked], ['a json', 'b db'])
})

t.test('an interruption among the stands drops their block', async (t) => {
  const { parts, controller, recorded } = fakeRun()
  const end = await run({
    ...parts,
    footprint: async ({ block, contender: { id }, workload }) => {
      if (block === 1) controller.abort()
      return { block, contender: id, workload, unknown: {} }
    },
  })
  t.match(end, { blocksDone: 1, interrupted: true })
  t.equal(recorded.length, 1)
})

t.test('every start is recorded, and what is not known has its reason', async (t) => {
  const { parts } = fakeRun()
  const starts: BlockRecord['starts'][] = []
  await run({
    ...parts,
    record: async (block) => {
      starts.push(block.starts)
      return parts.record(block)
    },
  })
  const [first] = starts
  t.equal(first?.length, 4)
  t.match(first?.[0], { block: 0, unknown: { memory: /cannot be read/ } })
})

t.test('stands are part of the estimate, so that the budget still fits', async (t) => {
  const request = {
    contenders: ['a', 'b'],
    workloads: [{ name: 'json' }],
    connections: [32],
    seed: 1,
    budgetMs: 180_000,
    blocks: 4,
    estimates: { footprintMs: 5_000 },
  }
  const [plain, more] = [createPlan(request), createPlan({ ...request, footprint: true })]
  t.ok(more.totalMs <= request.budgetMs)
  const windowsMs = (rounds: number): number => rounds * 2 * 2 * (75 + 6)
  const beside = (plan: typeof plain): number =>
    plan.blockMs - windowsMs(plan.rounds) - 2 * plan.warmupMs
  t.equal(Math.round(beside(more) - beside(plain)), 10_000, 'two contenders of 5 s each')
})
