import t from 'tap'
import { run } from '../../bench/runner.ts'
import { GapwiseError } from '../../src/errors.ts'
import type { TableCounters } from '../../bench/truth.ts'
import { fakeRun } from '../helpers/fake-run.ts'

const kinds = (log: readonly string[]): string[] => [
  ...new Set(log.map((line) => line.split(' ')[0] ?? '')),
]

t.test(
  'a block starts all contenders, verifies, warms up, measures, verifies again, stops and is recorded',
  async (t) => {
    const { parts, log, plan } = fakeRun()
    t.same(await run(parts), { blocksDone: 2, interrupted: false })
    t.same(kinds(log), [
      'open-place',
      'start',
      'identity',
      'verify',
      'open',
      'warm-up',
      'window',
      'close',
      'stop',
      'count',
      'close-place',
      'record',
    ])
    const starts = log.filter((line) => line.startsWith('start '))
    t.same(
      starts,
      plan.blocks.flatMap(({ startOrder }) => startOrder.map((id) => `start ${id}`)),
      'each block starts fresh processes in its seeded order',
    )
    t.equal(
      log.filter((line) => line.startsWith('verify ')).length,
      8,
      'before and after, both arms, both blocks',
    )
  },
)

t.test(
  'every arm is warmed up before the first window of a cell, and warm-up is not recorded',
  async (t) => {
    const { parts, log, recorded, plan } = fakeRun()
    await run(parts)
    const firstCell = log.slice(log.findIndex((line) => line.startsWith('warm-up')))
    t.same(
      firstCell.slice(0, 3).map((line) => line.split(' ')[0]),
      ['warm-up', 'warm-up', 'window'],
    )
    const perBlock = plan.cells.length * plan.rounds * 4
    t.same(
      recorded.map((block) => block.length),
      [perBlock, perBlock],
    )
  },
)

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

t.test('CPU is read around each window', async (t) => {
  const { parts, recorded } = fakeRun()
  await run(parts)
  for (const window of recorded.flat()) t.equal(window.cpuNs, 1_000_000)
})

t.test(
  'a contender that breaks the contract is named with the difference, and nothing is measured',
  async (t) => {
    const { parts, log, recorded } = fakeRun({
      problems: (url) => (url.hostname === 'b.test' ? ['GET /json: expected 200, found 500'] : []),
    })
    await t.rejects(run(parts), {
      code: 'VERIFY_FAILED',
      failure: 'contender',
      message: /b breaks the contract before[^]*expected 200, found 500/,
    })
    t.notOk(log.some((line) => line.startsWith('window')))
    t.same(recorded, [])
    const ends = log.filter((line) => /^(stop|close-place) /.test(line))
    t.same(ends.slice(0, 2).toSorted(), ['stop a', 'stop b'], 'both were stopped')
    t.same(ends.slice(2).toSorted(), ['close-place a', 'close-place b'], 'then their places left')
  },
)

t.test(
  'a contract broken during a block voids that block and keeps the earlier ones',
  async (t) => {
    const { parts, recorded } = fakeRun({
      problems: (_url, call) => (call > 6 ? ['GET /db: expected a row, found nothing'] : []),
    })
    await t.rejects(run(parts), { code: 'VERIFY_FAILED', message: /after the measurement/ })
    t.equal(recorded.length, 1)
  },
)

t.test(
  'every block has fresh places, made before each start and left by stopped servers',
  async (t) => {
    const { parts, log, plan } = fakeRun()
    await run(parts)
    const steps = log.filter((line) => /^(open-place|start|stop|count|close-place) /.test(line))
    const perBlock = steps.length / plan.blocks.length
    for (const { index, startOrder } of plan.blocks) {
      const block = steps.slice(index * perBlock, (index + 1) * perBlock)
      t.same(
        block.slice(0, 4),
        startOrder.flatMap((id) => [`open-place ${id}`, `start ${id}`]),
      )
      t.same(
        block.slice(4).map((line) => line.split(' ')[0]),
        ['stop', 'stop', 'count', 'count', 'close-place', 'close-place'],
      )
    }
  },
)

t.test(
  'the contract is asked whole once, then the measured endpoints, and told what stands behind the contender',
  async (t) => {
    const { parts, verifyOptions } = fakeRun({ plan: { contenders: ['a'] } })
    await run(parts)
    const behind = { databaseUrl: 'postgres://db/a', upstreamUrl: 'http://upstream.a' }
    const whole = { clock: true, reading: true }
    const part = { clock: false, reading: false }
    t.same(verifyOptions, [
      { endpoints: ['json', 'db', 'posts'], ...whole, seeded: true, ...behind },
      { endpoints: ['json', 'db'], ...part, seeded: false, ...behind },
      { endpoints: ['json', 'db'], ...part, seeded: true, ...behind },
      { endpoints: ['json', 'db'], ...part, seeded: false, ...behind },
    ])
    const elsewhere = fakeRun({ plan: { contenders: ['a'] } })
    const contenders = elsewhere.parts.contenders.map((each) => ({ ...each, kind: 'url' as const }))
    await run({ ...elsewhere.parts, contenders })
    const none = { databaseUrl: undefined, upstreamUrl: undefined }
    t.match(elsewhere.verifyOptions[0], { ...whole, seeded: false, ...none })
  },
)

t.test('answers that the database was not asked for end the run, by name', async (t) => {
  const answers = (world: number): TableCounters =>
    new Map([['world', { read: world, inserted: 0, updated: 0, deleted: 0 }]])
  const honest = fakeRun({ counters: () => answers(1e6) })
  await run(honest.parts)
  const [first] = honest.recordedFindings
  t.equal(first?.length, 2)
  const windowsPerArm = honest.recorded[0]?.filter((window) => window.contender === 'a') ?? []
  t.match(first?.[0], { table: 'world', counter: 'read', counted: 1e6 })
  t.equal(
    first?.[0]?.stated,
    100 * (1 + windowsPerArm.filter(({ workload }) => workload === 'db').length),
    'warm-up counts, other workloads do not',
  )

  const lying = fakeRun({
    counters: (id, block) => answers(id === 'b' && block === 1 ? 12 : 1e6),
  })
  await t.rejects(run(lying.parts), {
    code: 'TRUTH_FAILED',
    failure: 'contender',
    message: /b: 12 rows of world read, [\d,]+ by its answers/,
  })
  t.equal(lying.recorded.length, 1, 'the block before it stays')
})

t.test('the CPU of the downstream services is read where they are asked', async (t) => {
  const { parts, recorded } = fakeRun({
    plan: { workloads: [{ name: 'json' }, { name: 'fanout' }] },
  })
  await run(parts)
  for (const { workload, upstreamCpuNs } of recorded.flat())
    t.equal(upstreamCpuNs, workload === 'fanout' ? 5_000 : undefined)
})

t.test('a server that is not the one started is refused', async (t) => {
  const { parts } = fakeRun({
    identity: (id, call) => {
      if (id === 'a' && call === 2) throw new GapwiseError('contender', 'STALE_SERVER', 'another')
    },
  })
  await t.rejects(run(parts), { code: 'STALE_SERVER' })
})

t.test('an interrupted run keeps whole blocks only and stops everything', async (t) => {
  const controller = new AbortController()
  const { parts, log, recorded, plan } = fakeRun({
    controller,
    onWindow: (_order, count) => {
      const perBlock = plan.cells.length * (2 + plan.rounds * 4)
      if (count === perBlock + 5) controller.abort('SIGINT')
    },
  })
  t.same(await run(parts), { blocksDone: 1, interrupted: true })
  t.equal(recorded.length, 1)
  const afterAbort = log.slice(
    log.lastIndexOf('open a b') === -1 ? 0 : log.lastIndexOf('record 0') + 1,
  )
  t.equal(
    afterAbort.filter((line) => line.startsWith('stop ')).length,
    4,
    'two blocks, two servers each',
  )
  t.equal(log.filter((line) => line === 'close engine').length, 2)
})

t.test('an engine that fails leaves no server behind', async (t) => {
  const { parts, log } = fakeRun({
    onWindow: (_order, count) => {
      if (count === 3) throw new Error('generator died')
    },
  })
  await t.rejects(run(parts), /generator died/)
  t.same(log.filter((line) => line.startsWith('stop ')).toSorted(), ['stop a', 'stop b'])
})

t.test('a slow cell takes at least two rounds and then stops at its limit', async (t) => {
  const { parts, recorded } = fakeRun({ plan: { windowMs: 100 } })
  let clockMs = 0
  await run({ ...parts, now: () => (clockMs += 60_000) })
  for (const block of recorded) t.equal(Math.max(...block.map(({ round }) => round)), 1)
})
