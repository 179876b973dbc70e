import t from 'tap'
import { renderOverview } from '../../../bench/report/overview.ts'
import { fakePacedResult } from './fixtures/fake-paced-result.ts'
import { fakeResult } from './fixtures/fake-result.ts'

t.test(
  'a row for each workload, a column for each contender, first cost, then requests/s',
  async (t) => {
    const result = { ...fakeResult(), command: 'bench baseline tuned express --seed 7' }
    t.equal(
      renderOverview(result),
      `| CPU per request / baseline | tuned | express:default |
| --- | ---: | ---: |
| json | 0.995 (0.992-0.998) same | 2.44 (2.37-2.52) |
| queries | **0.40 (0.39-0.42)** | _1.05 (0.92-1.20)_ |

| requests/s / baseline | tuned | express:default |
| --- | ---: | ---: |
| json | 1.007 (1.004-1.010) same | 0.411 (0.399-0.424) |
| queries | **2.41 (2.31-2.52)** | _0.91 (0.80-1.04)_ |

- Reading: Ratios are contender / baseline with their 95 % interval over 4 blocks (indicative). Bold is better than the base, plain is worse, italic could not be told apart, "same" lies within 2 %; a dash: not offered, or not known.
- Gates: contract ok, errors 0 ok, generator 40 % ok, control (none) ok
- Design: seed 7, 4 blocks of fresh processes, 3 rounds x 2 windows of 75 ms per contender, 144 windows, 95 % intervals over blocks, "same" means within 2 %, verdicts hold together over 4 comparisons (Holm)
- Machine: 2 x Imaginary CPU (virtual), all share 2 cores, kernel 6.1.0, Node v26.10.0, PostgreSQL 18.4 (embedded), load by built-in 0.1.0
- Command: \`npm run bench -- baseline tuned express --seed 7\`
`,
    )
  },
)

t.test('a contender that does not offer a workload has a dash there', async (t) => {
  const result = fakeResult()
  const comparisons = result.comparisons.filter(
    ({ workload, contender }) => workload !== 'queries' || contender !== 'express:default',
  )
  t.match(renderOverview({ ...result, comparisons }), /\n\| queries \| [^|]+ \| - \|\n/)
})

t.test('a run that was stopped early says so', async (t) => {
  t.match(
    renderOverview(fakeResult({ state: 'partial' })),
    'Reading: The run was stopped early. Ratios',
  )
})

t.test('a long message is cut between words', async (t) => {
  const message = 'word '.repeat(200)
  const text = renderOverview(fakeResult({ warnings: [{ code: 'X', message, basis: 'observed' }] }))
  const [note = ''] = /^- Note: .*$/m.exec(text) ?? []
  t.match(note, /word … \(the result file has it whole\)$/)
  t.ok(note.length < 500)
})

t.test(
  'at a fixed rate p99 stands in place of requests/s, and the rate beside the workload',
  async (t) => {
    const text = renderOverview(fakePacedResult())
    t.match(
      text,
      '| p99 / baseline | tuned | express:default |\n| --- | ---: | ---: |\n| json, 3,000 requests/s | **0.500 (0.494-0.507)** | - |\n',
    )
    t.notMatch(text, '| requests/s / baseline')
  },
)
