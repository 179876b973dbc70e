/** A toggle's page in a terminal and in Markdown: what was measured, what was not, and the recipe. */
import t from 'tap'
import type { ToggleFacts } from '../../../bench/catalogue.ts'
import { renderTogglesMarkdown } from '../../../bench/report/toggle-markdown.ts'
import { renderToggleList, renderTogglePage } from '../../../bench/report/toggle-text.ts'
import { fakeResult } from './fixtures/fake-result.ts'

const result = fakeResult()

const toggle: ToggleFacts = {
  name: 'row-thing',
  summary: 'Do the thing with rows | columns.',
  family: 'database',
  anti: false,
  options: [{ name: 'max', takes: 'a whole number', default: 4, description: 'Rows' }],
  tradeoff: 'Memory.',
  counterpart: null,
  docs: 'https://example.com/',
  requires: [
    { toggle: 'row-cache', because: 'it has no rows else' },
    { toggle: 'other', when: 'third', because: 'of reasons' },
  ],
  excludes: [{ toggle: 'enemy', reason: 'they fight' }],
  subsumes: ['small'],
  subsumedBy: ['large'],
  profiles: [
    { profile: 'tuned', options: { max: 2 }, subsumedBy: null },
    { profile: 'max', options: { max: 4 }, subsumedBy: 'large' },
  ],
  expectation: { moves: ['json'], still: ['queries'], metric: 'cost' },
  measured: [
    {
      way: 'added',
      base: 'baseline',
      contender: 'baseline+row-thing',
      path: 'bench/results/published/x.json',
      startedAt: '2026-01-01T00:00:00.000Z',
      indicative: false,
      blocks: 4,
      comparisons: result.comparisons.filter(
        ({ contender, metric, workload }) =>
          contender === 'tuned' && metric === (workload === 'json' ? 'cost' : 'stackCost'),
      ),
    },
  ],
  recipe: { folder: 'docs/recipes/row-thing', diff: ' same\n-old\n+new\n \n end' },
}

const bare: ToggleFacts = {
  ...toggle,
  name: 'bare-thing',
  family: 'cache',
  anti: true,
  options: [],
  counterpart: 'lru_cache',
  requires: [],
  excludes: [],
  subsumes: [],
  subsumedBy: [],
  profiles: [],
  expectation: null,
  measured: [],
  recipe: null,
}

t.test('the page in a terminal', async (t) => {
  t.equal(
    renderTogglePage(toggle),
    `row-thing (database): Do the thing with rows | columns.
  options   max: a whole number, default 4. Rows.
  gives up  Memory.
  FastAPI   no counterpart
  docs      https://example.com/
  needs     row-cache, because it has no rows else
            other where third is on, because of reasons
  excludes  enemy: they fight
  subsumes  small, which has no effect beside it
  subsumed  by large, beside which it has no effect
  on in     tuned (max 2), max (max 4 (no effect beside large))
  expected  moves the CPU per request on json, not on queries

Added to baseline it makes no difference that matters on json: 0.995 (0.992 to 0.998) times the CPU
  per request.
Unexpected: queries moved too, 0.40 (0.39 to 0.42) times the CPU per request.

Measured, added: baseline+row-thing / baseline, 95 % interval (4 blocks, 2026-01-01,
bench/results/published/x.json):
  json, 32 connections     CPU per request, own             0.995 (0.992 to 0.998)  same
  queries, 32 connections  CPU per request, own + database  0.40 (0.39 to 0.42)     better

Recipe (docs/recipes/row-thing). The same in an app of your own, outside gapwise: + comes, - goes.

   same
  -old
  +new

   end
`,
  )
})

t.test('what is not known is said, or left out', async (t) => {
  t.equal(
    renderTogglePage(bare),
    `bare-thing (cache): Do the thing with rows | columns. (A bad habit, kept to be measured.)
  gives up  Memory.
  FastAPI   lru_cache
  docs      https://example.com/
  on in     no shipped profile

Not measured yet. Measure it:
  npm run diff -- baseline baseline+bare-thing --measure
`,
  )
  t.match(
    renderTogglePage({ ...toggle, measured: [] }),
    '  npm run diff -- baseline+row-cache baseline+row-cache+row-thing --measure --workload json,queries\n',
    'what it always needs is on both sides',
  )
  t.match(renderTogglePage({ ...toggle, anti: true }), 'do the reverse')
  const indicative = toggle.measured.map((each) => ({ ...each, indicative: true }))
  t.match(renderTogglePage({ ...toggle, measured: indicative }), 'interval (indicative, 4 blocks')
})

t.test('the list is grouped by family', async (t) => {
  t.equal(
    renderToggleList([bare, toggle]),
    `cache
  bare-thing  Do the thing with rows | columns. (A bad habit, kept to be measured.)

database
  row-thing   Do the thing with rows | columns.

One toggle's page: gapwise toggles NAME
`,
  )
})

t.test('the document has an index and a page for each', async (t) => {
  const text = renderTogglesMarkdown([toggle, bare])
  const has = (part: string): void => {
    t.ok(text.includes(part), part)
  }
  has(
    '| [row-thing](#row-thing) | database | Do the thing with rows \\| columns. | tuned, max | json: CPU per request, own 0.995 (0.992 to 0.998), same |',
  )
  has(
    '| [bare-thing](#bare-thing) | cache | Do the thing with rows \\| columns. (A bad habit, kept to be measured.) | - | not yet |',
  )
  t.match(text, /\n## cache\n\n### bare-thing\n[^]*\n## database\n\n### row-thing\n/)
  has(
    '\n**Measured**, added: baseline+row-thing / baseline, 95 % interval (4 blocks, 2026-01-01, bench/results/published/x.json):\n\n| workload | connections |',
  )
  has('to 0.998) times the CPU per request. Unexpected: queries moved too')
  has('| queries | 32 | CPU per request, own + database | 0.40 (0.39 to 0.42) | better |')
  has('\nNot measured yet: `npm run diff -- baseline baseline+bare-thing --measure`\n')
  has('```diff\n same\n-old\n+new\n \n end\n```')
  has('- docs: <https://example.com/>')
  t.ok(text.endsWith('```\n'))
})
