import t from 'tap'
import { run } from '../../bench/runner.ts'
import { GapwiseError } from '../../src/errors.ts'
import type { Plan, Trial } from '../../bench/plan.ts'
import type { TableCounters } from '../../bench/truth.ts'
import { fakeRun } from '../helpers/fake-run.ts'

const kinds = (log: readonly string[]): string[] => [
  ...new Set(log.map((line) => line.split(' ')[0] ?? '')),
]

const trialsOf = ({ blocks }: Plan): Trial[] => blocks.flatMap(({ trials }) => trials)

/** The log after the whole contract was asked, in processes that are not measured. */
const measuring = (log: readonly string[]): string[] =>
  log.slice(
    log.lastIndexOf(
      'close-place a',
      log.findIndex((line) => line.startsWith('open ')),
    ) + 1,
  )

t.test(
  'a trial starts all contenders, verifies, warms up, measures, verifies again and stops them',
  async (t) => {
    const { parts, log, plan } = fakeRun({ plan: { workloads: [{ name: 'db' }] } })
    t.same(await run(parts), { blocksDone: 2, interrupted: false })
    t.same(kinds(measuring(log)), [
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
    const starts = measuring(log).filter((line) => line.startsWith('start '))
    t.same(
      starts,
      trialsOf(plan).flatMap(({ startOrder }) => startOrder.map((id) => `start ${id}`)),
      'each trial starts fresh processes in its seeded order',
    )
    t.equal(
      measuring(log).filter((line) => line.startsWith('verify ')).length,
      8,
      'before and after, both arms, both blocks',
    )
  },
)

t.test('each workload of each block has processes and places of its own', async (t) => {
  const { parts, log, plan } = fakeRun()
  await run(parts)
  const trials = measuring(log).filter((line) => /^(start|open|stop|window|record) /.test(line))
  const seen = new Map<string, Set<string>>()
  let started = 0
  for (const line of trials) {
    if (line.startsWith('start ')) started++
    const [, workload] = /^window (\w+)@/.exec(line) ?? []
    if (workload === undefined) continue
    const generation = String(Math.ceil(started / plan.contenders.length))
    seen.set(generation, (seen.get(generation) ?? new Set()).add(workload))
  }
  t.equal(seen.size, 4, 'two workloads in two blocks')
  for (const workloads of seen.values()) t.equal(workloads.size, 1)
})

t.test('the whole contract is asked first, in processes that are not measured', async (t) => {
  const { parts, log } = fakeRun()
  await run(parts)
  t.same(kinds(log.slice(0, log.length - measuring(log).length)), [
    'open-place',
    'start',
    'identity',
    'verify',
    'stop',
    'close-place',
  ])
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
      // Two for the whole contract, then eight in each block: the last of the second.
      problems: (_url, call) => (call > 16 ? ['GET /db: expected a row, found nothing'] : []),
    })
    await t.rejects(run(parts), { code: 'VERIFY_FAILED', message: /after the measurement/ })
    t.equal(recorded.length, 1)
  },
)

t.test('every trial has fresh places, left when its servers have stopped', async (t) => {
  const { parts, log, plan } = fakeRun({ plan: { workloads: [{ name: 'db' }, { name: 'db2' }] } })
  await run(parts)
  const steps = measuring(log).filter((line) =>
    /^(open-place|start|stop|count|close-place) /.test(line),
  )
  let from = 0
  for (const { workload, startOrder } of trialsOf(plan)) {
    const owes = workload === 'db'
    const trial = steps.slice(from, (from += owes ? 10 : 8))
    t.same(
      trial.slice(0, 4),
      ['open-place', 'start'].flatMap((step) => startOrder.map((id) => `${step} ${id}`)),
    )
    t.same(
      trial.slice(4).map((line) => line.split(' ')[0]),
      ['stop', 'stop', ...(owes ? ['count', 'count'] : []), 'close-place', 'close-place'],
    )
  }
  t.equal(from, steps.length)
})

t.test(
  'the contract is asked whole once, then the measured endpoints, and told what stands behind the contender',
  async (t) => {
    const { parts, verifyOptions } = fakeRun({
      plan: { contenders: ['a'], workloads: [{ name: 'json' }] },
    })
    await run(parts)
    const behind = { databaseUrl: 'postgres://db/a', upstreamUrl: 'http://upstream.a' }
    const whole = { clock: true, reading: true }
    const part = { clock: false, reading: false }
    const trial = [
      { endpoints: ['json'], ...part, seeded: true, ...behind },
      { endpoints: ['json'], ...part, seeded: false, ...behind },
    ]
    t.same(verifyOptions, [
      { endpoints: ['json', 'db', 'posts'], ...whole, seeded: true, ...behind },
      ...trial,
      ...trial,
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
  const plateau = honest.recordedPlateaus[0]?.filter(({ contender }) => contender === 'a') ?? []
  t.match(first?.[0], { table: 'world', counter: 'read', counted: 1e6 })
  const warmup = honest.recordedWarmups[0]?.find(
    (each) => each.contender === 'a' && each.workload === 'db',
  )
  t.equal(
    first?.[0]?.stated,
    (warmup?.requests ?? 0) +
      100 * [...windowsPerArm, ...plateau].filter(({ workload }) => workload === 'db').length,
    'warm-up and plateau count, other workloads do not',
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
  const { parts, log, recorded } = fakeRun({
    controller,
    onWindow: () => {
      if (recorded.length === 1) controller.abort('SIGINT')
    },
  })
  t.same(await run(parts), { blocksDone: 1, interrupted: true })
  t.equal(recorded.length, 1)
  const of = (kind: string): number => log.filter((line) => line.startsWith(`${kind} `)).length
  t.equal(of('stop'), of('start'))
  t.equal(of('close-place'), of('open-place'))
  t.equal(log.filter((line) => line === 'close engine').length, of('open'))
})

t.test('an engine that fails leaves no server behind', async (t) => {
  const { parts, log } = fakeRun({
    onWindow: (_order, count) => {
      if (count === 3) throw new Error('generator died')
    },
  })
  await t.rejects(run(parts), /generator died/)
  t.same(
    measuring(log)
      .filter((line) => line.startsWith('stop '))
      .toSorted(),
    ['stop a', 'stop b'],
  )
})

t.test('a run stops when its intervals are narrow enough, and is whole', async (t) => {
  const { parts, recorded } = fakeRun({ plan: { blocks: 4 }, preciseAfter: 3 })
  t.same(await run(parts), { blocksDone: 3, interrupted: false })
  t.equal(recorded.length, 3)
})
