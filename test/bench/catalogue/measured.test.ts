/** Which pairs of a published run tell what a toggle is worth, and which do not. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { measuredByToggle, publishedResults } from '../../../bench/catalogue/measured.ts'
import type { Result } from '../../../bench/results.ts'
import { resultOf } from '../report/fixtures/fake-paced-result.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'
import { fakePacedRaw, fakePacedWindows } from '../results/fixtures/fake-paced.ts'
import { fakeContender, fakeWindows } from '../results/fixtures/fake-run.ts'

type Toggles = Record<string, unknown>

/** One cost of 100 µs for each, times a factor, on json and queries; ids are only names. */
const run = (arms: readonly (readonly [id: string, toggles: Toggles, factor?: number])[]): Result =>
  fakeResult({
    contenders: arms.map(([id, toggles]) => ({ ...fakeContender(id), toggles })),
    windows: ['queries', 'json'].flatMap((workload) =>
      fakeWindows(
        arms.map(([contender, , factor = 1]) => ({
          contender,
          workload,
          capacity: 10_000 / factor,
          costNs: 100_000 * factor,
        })),
      ),
    ),
  })

const measuredIn = (result: Result) => measuredByToggle([{ path: 'x.json', result }])

const pairs = (result: Result): string[] =>
  [...measuredIn(result)].flatMap(([toggle, all]) =>
    all.map(({ way, base, contender }) => `${toggle} ${way}: ${contender} / ${base}`),
  )

t.test('a toggle added to the base, and one left out of it', async (t) => {
  const result = run([
    ['baseline', {}],
    ['baseline+prepared-statements', { 'prepared-statements': {} }, 0.5],
    ['baseline+database-pool={"max":2}', { 'database-pool': { max: 2 } }],
  ])
  t.strictSame(pairs(result), [
    'prepared-statements added: baseline+prepared-statements / baseline',
    'database-pool added: baseline+database-pool={"max":2} / baseline',
  ])
  const [measured] = measuredIn(result).get('prepared-statements') ?? []
  t.match(measured, { path: 'x.json', blocks: 4, indicative: true })
  const [first] = measured?.comparisons ?? []
  t.match(first, { workload: 'json', metric: 'cost', verdict: 'better', blocks: 4 })
  t.ok(Math.abs((first?.ratio ?? 0) - 0.5) < 1e-9)

  const tuned = { 'prepared-statements': {}, 'database-pool': { max: 2 } }
  const without = run([
    ['tuned', tuned],
    ['tuned~prepared-statements', { 'database-pool': { max: 2 } }, 2],
  ])
  t.strictSame(pairs(without), ['prepared-statements left out: tuned~prepared-statements / tuned'])
  const [left] = measuredIn(without).get('prepared-statements') ?? []
  t.equal(left?.comparisons[0]?.verdict, 'worse')
})

t.test('a toggle that needs another is held against the other alone', async (t) => {
  const result = run([
    ['baseline', {}],
    ['baseline+row-cache', { 'row-cache': {} }, 0.5],
    ['baseline+row-cache+payload-cache', { 'row-cache': {}, 'payload-cache': {} }, 0.4],
  ])
  t.strictSame(pairs(result), [
    'row-cache added: baseline+row-cache / baseline',
    'payload-cache added: baseline+row-cache+payload-cache / baseline+row-cache',
  ])
  const [measured] = measuredIn(result).get('payload-cache') ?? []
  t.ok(
    Math.abs((measured?.comparisons[0]?.ratio ?? 0) - 0.8) < 1e-9,
    'against that base, which is not the run’s own',
  )
})

t.test('profiles that differ in one toggle count, whatever they are called', async (t) => {
  t.strictSame(
    pairs(
      run([
        ['baseline', {}],
        ['clustered', { workers: { count: 'cores' } }],
      ]),
    ),
    ['workers added: clustered / baseline'],
  )
})

t.test(
  'what differs in no toggle, in several, or in options only tells nothing of one',
  async (t) => {
    t.strictSame(
      pairs(
        run([
          ['baseline', {}],
          ['naive', { 'connection-per-request': {}, 'request-logging': { level: 'info' } }],
        ]),
      ),
      [],
      'two toggles',
    )
    t.strictSame(
      pairs(
        run([
          ['a', { 'database-pool': { max: 2 } }],
          ['b', { 'database-pool': { max: 4 } }],
          ['c', { 'database-pool': { max: 8 }, 'postgres-js': {} }],
        ]),
      ),
      [],
      'other options, alone or beside a toggle',
    )
    const peers = fakeResult({
      contenders: [
        { ...fakeContender('baseline'), toggles: {} },
        { ...fakeContender('tuned', 'url'), toggles: { workers: {} } },
      ],
    })
    t.strictSame(pairs(peers), [], 'a URL')
    const result = run([
      ['baseline', {}],
      ['clustered', { workers: {} }],
    ])
    t.strictSame(pairs({ ...result, state: 'invalid' }), [], 'an invalid run')
    t.strictSame(pairs({ ...result, state: 'running' }), [], 'a run that goes on')
    t.strictSame(
      pairs({ ...result, windows: [], comparisons: [] }),
      [],
      'a run without a whole block',
    )
  },
)

t.test(
  'each toggle is told in its own metric, on the workload that it should move first',
  async (t) => {
    const result = run([
      ['baseline', {}],
      ['one', { workers: {} }],
      ['other', { 'parallel-queries': {} }],
    ])
    const told = (toggle: string): string[] | undefined =>
      measuredIn(result)
        .get(toggle)?.[0]
        ?.comparisons.map(({ workload, metric }) => `${workload} ${metric}`)
    t.strictSame(told('workers'), ['json capacity', 'queries capacity'])
    t.strictSame(told('parallel-queries'), ['queries stackCost', 'json cost'])
  },
)

t.test('at a fixed rate, where there is no capacity, its latency speaks for it', async (t) => {
  const truth = { costNs: 100_000, usualUs: 400, slowUs: 1_600 }
  const raw = fakePacedRaw(
    fakePacedWindows([
      { ...truth, contender: 'baseline' },
      { ...truth, contender: 'clustered', slowUs: 800 },
    ]),
    {
      contenders: [
        fakeContender('baseline'),
        { ...fakeContender('clustered'), toggles: { workers: {} } },
      ],
    },
  )
  const [measured] = measuredIn(resultOf(raw)).get('workers') ?? []
  t.match(measured?.comparisons, [
    { metric: 'latencyP99', verdict: 'better', point: { ratePerSecond: 3_000 } },
  ])
})

t.test('published results come newest first by the time of the run', async (t) => {
  const write = (folder: string, name: string, startedAt: string): void => {
    const result = {
      ...run([
        ['baseline', {}],
        ['clustered', { workers: {} }],
      ]),
      startedAt,
    }
    writeFileSync(join(folder, name), JSON.stringify(result))
  }
  const folder = t.testdir()
  write(folder, 'b.json', '2026-01-01T00:00:00.000Z')
  write(folder, 'a.json', '2026-03-01T00:00:00.000Z')
  write(folder, 'c.json', '2026-02-01T00:00:00.000Z')
  const results = await publishedResults(pathToFileURL(`${folder}/`))
  t.strictSame(
    results.map(({ path }) => path),
    ['a', 'c', 'b'].map((name) => `bench/results/published/${name}.json`),
  )
  t.strictSame(
    measuredByToggle(results)
      .get('workers')
      ?.map(({ startedAt }) => startedAt.slice(0, 10)),
    ['2026-03-01', '2026-02-01', '2026-01-01'],
  )
  writeFileSync(join(folder, 'd.json'), '{}')
  await t.rejects(publishedResults(pathToFileURL(`${folder}/`)), { code: 'RESULT_CORRUPT' })
  t.strictSame(await publishedResults(pathToFileURL(`${folder}/none/`)), [])
})
