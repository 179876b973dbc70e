import t from 'tap'
import { run } from '../../../bench/runner.ts'
import { fakeRun } from '../../helpers/fake-run.ts'

t.test('arms are warmed up in turn before the first window of a cell', async (t) => {
  const { parts, log, recorded, recordedWarmups, plan } = fakeRun()
  await run(parts)
  const firstCell = log.slice(log.findIndex((line) => line.startsWith('warm-up')))
  const warming = firstCell.slice(
    0,
    firstCell.findIndex((line) => line.startsWith('window')),
  )
  t.same(new Set(warming.map((line) => line.split(' ')[0])), new Set(['warm-up']))
  const arms = warming.map((line) => line.split(' ')[2])
  t.same(arms.slice(0, 4), ['a', 'b', 'a', 'b'])
  const perBlock = plan.cells.length * plan.rounds * 4
  t.same(
    recorded.map((block) => block.length),
    [perBlock, perBlock],
    'and is no window',
  )
  for (const warmups of recordedWarmups) {
    t.equal(warmups.length, plan.cells.length * 2)
    for (const { requests, steady } of warmups)
      t.same({ requests, steady }, { requests: 100 * (arms.length / 2), steady: true })
  }
})

t.test('rounds are mirrored: each arm stands as often early as late', async (t) => {
  const { parts, recorded } = fakeRun()
  await run(parts)
  for (const block of recorded) {
    const rounds = Map.groupBy(block, (w) => `${w.workload} ${w.round}`)
    for (const windows of rounds.values()) {
      const arms = windows.map(({ contender }) => contender)
      t.same(arms, arms.toReversed())
      t.same([...new Set(arms)].toSorted(), ['a', 'b'])
    }
  }
})

t.test('a few rounds at twice the connections stand between the regular ones', async (t) => {
  const { parts, log, plan, recorded, recordedPlateaus } = fakeRun({
    plan: { workloads: [{ name: 'json' }] },
  })
  await run(parts)
  const planned = plan.blocks[0]?.trials[0]?.cells[0]?.plateau?.rounds ?? []
  t.ok(planned.length > 0)
  for (const windows of recordedPlateaus) {
    t.equal(windows.length, 4 * planned.length, 'two of each arm')
    t.ok(windows.every(({ stated, connections }) => stated === 8 && connections === 16))
    t.same(
      [...new Set(windows.map(({ round }) => round))],
      planned.map(({ after }) => after),
    )
  }
  t.ok(
    recorded.flat().every(({ connections }) => connections === 8),
    'and are none of them',
  )
  const kinds = log.filter((line) => line.startsWith('window')).map((line) => line.split(' ')[1])
  t.same(kinds.slice(0, 9), [
    ...Array.from({ length: 4 }, () => 'json@8'),
    ...Array.from({ length: 4 }, () => 'json@16'),
    'json@8',
  ])
})

t.test('CPU is read around each window', async (t) => {
  const { parts, recorded } = fakeRun()
  await run(parts)
  for (const window of recorded.flat()) t.equal(window.cpuNs, 1_000_000)
})

t.test('the CPU of the downstream services is read where they are asked', async (t) => {
  const { parts, recorded } = fakeRun({
    plan: { workloads: [{ name: 'json' }, { name: 'fanout' }] },
  })
  await run(parts)
  for (const { workload, upstreamCpuNs } of recorded.flat())
    t.equal(upstreamCpuNs, workload === 'fanout' ? 5_000 : undefined)
})

t.test('a slow cell takes at least two rounds and then stops at its limit', async (t) => {
  const { parts, recorded } = fakeRun({ plan: { windowMs: 100 } })
  let clockMs = 0
  await run({ ...parts, now: () => (clockMs += 60_000) })
  for (const block of recorded) t.equal(Math.max(...block.map(({ round }) => round)), 1)
})

/** Ten to twelve blocks fit, so that each may take longer. */
const roomy = {
  plan: { workloads: [{ name: 'json' }], budgetMs: 90_000 },
  fillsBudget: true,
} as const

t.test('a block whose rounds differ much takes further rounds, mirrored as all are', async (t) => {
  let state = 7
  const { parts, recorded, plan } = fakeRun({
    ...roomy,
    answers: () => {
      state = (state * 16_807) % 2_147_483_647
      return 50 + (state % 100)
    },
  })
  await run(parts)
  t.ok(plan.mostRounds > plan.rounds)
  for (const block of recorded) {
    t.equal(new Set(block.map(({ round }) => round)).size, plan.mostRounds)
    for (const windows of Map.groupBy(block, ({ round }) => round).values()) {
      const arms = windows.map(({ contender }) => contender)
      t.same(arms, arms.toReversed())
    }
  }
})

t.test('a block that is smooth takes none, however far apart its arms are', async (t) => {
  const { parts, recorded, plan } = fakeRun({
    ...roomy,
    answers: (arm) => (arm === 'a' ? 100 : 300),
  })
  await run(parts)
  for (const block of recorded) t.equal(new Set(block.map(({ round }) => round)).size, plan.rounds)
})
