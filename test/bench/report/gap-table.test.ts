import t from 'tap'
import { seenFromPeers } from '../../../bench/effect.ts'
import { gapTables } from '../../../bench/report/gap-table.ts'
import { renderMarkdown } from '../../../bench/report/markdown.ts'
import { renderOverview } from '../../../bench/report/overview.ts'
import { renderText } from '../../../bench/report/text.ts'
import { partOf } from '../../../bench/result/part.ts'
import type { Result } from '../../../bench/results.ts'
import { fakeContender, fakeHeader, fakeWindows, type Truth } from '../results/fixtures/fake-run.ts'
import { fakeResult } from './fixtures/fake-result.ts'

const steady = [1.002, 0.998, 1.001, 0.999]
const truth = (contender: string, costNs: number, over: Partial<Truth> = {}): Truth => ({
  contender,
  workload: 'json',
  capacity: 1e9 / costNs,
  costNs,
  blockFactors: contender === 'baseline' ? [1, 1, 1, 1] : steady,
  ...over,
})

const { design } = fakeHeader()
const contenders = [
  fakeContender('baseline'),
  fakeContender('tuned'),
  fakeContender('express:default', 'peer'),
  fakeContender('gin:tuned', 'peer'),
]

/** Gin needs half of what the base needs, tuned 0.8 of it: ln 0.8 / ln 0.5 = 32 %. */
const run = (against: string[] | undefined, over: Partial<Truth> = {}): Result =>
  fakeResult({
    contenders,
    design: { ...design, ...(against === undefined ? {} : { against }) },
    windows: fakeWindows([
      truth('baseline', 100_000),
      truth('tuned', 80_000),
      truth('express:default', 250_000),
      truth('gin:tuned', 50_000, over),
    ]),
  })

const table = `
Gap from baseline to gin:tuned: peer / base, and what is closed of it
  json, CPU per request, own: 0.500 (0.499-0.501)
    tuned  32 % (32 to 32)
  json, requests/s: 2.000 (1.994-2.006)
    tuned  32 % (32 to 32)
`.trim()

t.test('where there is no gap its line says so, once', async (t) => {
  const text = renderText(run(['gin:tuned'], { costNs: 100_000, capacity: 10_000 }), {
    colour: false,
  })
  t.match(text, /^ {2}json, requests\/s: 1\.000 \([^)]+\), level\n\n/m)
})

t.test('what other profiles close of the gap stands below it', async (t) => {
  const text = renderText(run(['gin:tuned']), { colour: false })
  t.ok(text.includes(`\n\n${table}\n\n`), text)
  t.notMatch(text, 'express:default  -132 %', 'how near another peer comes is told by its ratio')
  t.ok(text.split('\n').every((line) => line.length <= 100))
})

t.test('of a base that has no variant in the run the other contenders are told', async (t) => {
  const [first] = gapTables(
    partOf(run(['gin:tuned']), { contenders: ['express:default', 'gin:tuned'] }),
  )
  t.same(first?.contenders, ['express:default'])
  t.match(first?.rows[0]?.closed[0], '-132 %')
})

t.test('of a peer other levels of the same folder are told', async (t) => {
  const [first] = gapTables(
    fakeResult({
      contenders: ['own:default', 'own:tuned', 'express:default', 'gin:tuned'].map((id) =>
        fakeContender(id, 'peer'),
      ),
      design: { ...design, against: ['gin:tuned'] },
      windows: fakeWindows([
        truth('own:default', 100_000),
        truth('own:tuned', 80_000),
        truth('express:default', 250_000),
        truth('gin:tuned', 50_000),
      ]),
    }),
  )
  t.same(first?.contenders, ['own:tuned'])
})

t.test(
  'Markdown has the same as a table, the overview only what verdicts are read from',
  async (t) => {
    const cost = '| json | CPU per request, own | 0.500 (0.499-0.501) | 32 % (32 to 32) |\n'
    const capacity = '| json | requests/s | 2.000 (1.994-2.006) | 32 % (32 to 32) |\n'
    for (const render of [renderMarkdown, renderOverview]) {
      const text = render(run(['gin:tuned']))
      t.match(
        text,
        '**Gap from baseline to gin:tuned**\n\n| workload | metric | gap (peer / base) | tuned closes |',
      )
      t.ok(text.includes(cost), text)
      t.equal(text.includes(capacity), render === renderMarkdown)
    }
  },
)

const overview = (result: Result, contenders?: readonly string[]): string =>
  renderOverview(partOf(result, { contenders }), seenFromPeers(result))

t.test('an overview begins with where profiles stand, what is against them first', async (t) => {
  const [, lines] = overview(run(['gin:tuned', 'express:default'])).split('\n\n')
  t.equal(
    lines,
    '- tuned / gin:tuned: **behind** on json 1.600 (1.600-1.600)\n' +
      '- tuned / express:default: ahead on json 0.320 (0.320-0.320)',
  )
  t.match(renderOverview(run(undefined)), /^\| CPU per request/)
})

t.test('an overview of some columns stands against named peers all the same', async (t) => {
  const text = overview(run(['gin:tuned']), ['tuned'])
  t.match(text, '- tuned / gin:tuned: **behind**')
  t.match(text, '| CPU per request / baseline | tuned |\n')
})

t.test('sentences are about the named peers alone, in the metric of the verdict', async (t) => {
  const sentences = renderText(run(['gin:tuned']), { colour: false }).split('\n\n')[0] ?? ''
  t.match(sentences, /^On json tuned closes 32 % \(32 to 32\) of the gap to gin:tuned\.$/m)
  t.notMatch(sentences, 'gap to express:default')
  t.notMatch(sentences, 'already ahead of express:default')
})

t.test('without --against there is no table, and gaps are told to every peer', async (t) => {
  const result = run(undefined)
  t.same(gapTables(result), [])
  t.same(
    result.gaps.map(({ peer, contender, metric }) => [peer, contender, metric]),
    [
      ['express:default', 'tuned', 'cost'],
      ['gin:tuned', 'tuned', 'cost'],
    ],
  )
})

t.test('where there is no gap to share, that is said', async (t) => {
  const cellsFor = (peer: Partial<Truth>): string[] => {
    const [first] = gapTables(run(['gin:tuned'], peer))
    return (first?.rows ?? []).map(({ closed }) => closed[0] ?? '')
  }
  t.same(cellsFor({ costNs: 200_000, capacity: 5_000 }), [
    'base already ahead',
    'base already ahead',
  ])
  t.same(cellsFor({ costNs: 100_000, capacity: 10_000 }), ['level', 'level'])
  const noise = { costNs: 90_000, capacity: 11_000, blockFactors: [1.3, 0.8, 1.1, 0.9] }
  t.same(cellsFor(noise), ['gap not resolved', 'gap not resolved'])
})

t.test(
  'where the generator was the limit of the peer a share of capacity is a bound',
  async (t) => {
    const [first] = gapTables(run(['gin:tuned'], { generatorShare: 0.9 }))
    t.match(
      first?.rows.map(({ closed }) => closed[0]),
      [/^32 %/, /^at most 32 %/],
    )
  },
)

t.test('several peers have a table each, in the order written', async (t) => {
  t.same(
    gapTables(run(['gin:tuned', 'express:default'])).map(({ title, rows }) => [title, rows.length]),
    [
      ['Gap from baseline to gin:tuned', 2],
      ['Gap from baseline to express:default', 2],
    ],
  )
})

t.test('a part of a result has the rows of its contenders', async (t) => {
  const only = (names: string[]) =>
    gapTables(partOf(run(['gin:tuned']), { contenders: names })).flatMap(
      ({ contenders: closing }) => closing,
    )
  t.same(only(['gin:tuned', 'tuned']), ['tuned'])
  t.same(only(['tuned']), [])
})
