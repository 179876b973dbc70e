import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { renderText } from '../../../bench/report/text.ts'
import type { Result, Window } from '../../../bench/results.ts'
import { fakeContender, fakeWindows } from '../results/fixtures/fake-run.ts'
import { fakeResult } from './fixtures/fake-result.ts'

const golden = `
Indicative (4 blocks): on queries tuned needs 0.40 times baseline's CPU per request (0.39 to 0.42)
and serves 2.41 times its requests/s; on json the same within 2 % (0.992 to 0.998).
On json express:default needs 2.44 times baseline's CPU per request (2.37 to 2.52) and serves 0.411
times its requests/s; on queries unresolved: 1.05 times the CPU per request (0.92 to 1.20), about 22
more blocks would settle it.
On json baseline is already ahead of express:default.
On queries the gap from baseline to express:default is not resolved.

json, 32 connections
                   requests/s  vCPU  CPU µs            CPU ratio     requests/s ratio  verdict
  baseline             26,153  1.08    41.2                    1                    1  base
  tuned                26,338  1.08    41.0  0.995 (0.992-0.998)  1.007 (1.004-1.010)  same
  express:default      10,751  1.08     101     2.44 (2.37-2.52)  0.411 (0.399-0.424)  worse

queries, 32 connections
                   requests/s  vCPU  own + db µs         CPU ratio  requests/s ratio  verdict
  baseline              1,688  1.56    612 + 310                 1                 1  base
  tuned                 4,074  1.51    211 + 160  0.40 (0.39-0.42)  2.41 (2.31-2.52)  better
  express:default       1,537  1.48    653 + 312  1.05 (0.92-1.20)  0.91 (0.80-1.04)  unresolved

gates    contract ok, errors 0 ok, generator 40 % ok, control (none) ok
busiest  queries: baseline (contender 1.02 cores, database 0.52, generator 0.40), tuned (contender
         0.85 cores, database 0.65, generator 0.40), express:default (contender 1.00 cores, database
         0.47, generator 0.40)
load     by built-in, CPU of the generator for each answer: json 15.2 to 37.2 µs, queries 98.2 to
         260 µs
reading  ratios are contender / baseline with their interval; CPU is microseconds per request, the
         contender's own + the database's; vCPU is cores used by both
design   seed 7, 4 blocks of fresh processes, 3 rounds x 2 windows of 75 ms per contender, 144
         windows, 95 % intervals over blocks, "same" means within 2 %, verdicts hold together over 4
         comparisons (Holm)
machine  2 x Imaginary CPU (virtual), all share 2 cores, kernel 6.1.0, Node v26.10.0, PostgreSQL
         18.4 (embedded), load by built-in 0.1.0
result   bench/results/x.json
`.trimStart()

const render = (result: Result): string => renderText(result, { colour: false })

/** The usual windows, with those of one contender on one workload changed. */
const changed = (
  contender: string,
  workload: string,
  change: (window: Window) => Partial<Window>,
): Window[] =>
  fakeResult().windows.map((window) =>
    window.contender === contender && window.workload === workload
      ? { ...window, ...change(window) }
      : window,
  )

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

await t.test('a whole report, verdict first', async (t) => {
  t.equal(renderText(fakeResult(), { colour: false, path: 'bench/results/x.json' }), golden)
  t.ok(widest(golden) <= 100)
})

await t.test('colour is added on request and changes no letter', async (t) => {
  const options = { path: 'bench/results/x.json' }
  const coloured = renderText(fakeResult(), { ...options, colour: true })
  t.not(coloured, golden)
  t.equal(stripVTControlCharacters(coloured), golden)
})

await t.test('long names become letters with a key, so that tables stay narrow', async (t) => {
  const id = 'baseline+prepared-statements+response-schema+database-pool'
  const result = fakeResult({
    contenders: [fakeContender('baseline'), fakeContender(id)],
    windows: fakeResult()
      .windows.filter(({ contender }) => contender !== 'express:default')
      .map((window) => (window.contender === 'tuned' ? { ...window, contender: id } : window)),
  })
  const text = render(result)
  t.ok(widest(text) <= 100, text)
  t.match(text, `  A = baseline\n  B = ${id}\n`)
  t.match(text, /^ {2}B +4,074 /m)
})

await t.test('an arm with errors shows no number and a note says why', async (t) => {
  const windows = changed('tuned', 'json', ({ errors, round }) => ({
    errors: { ...errors, status: round === 0 ? 2 : 0 },
    firstError: 'GET /json: expected 200, got 500',
  }))
  const text = render(fakeResult({ windows }))
  t.match(text, /^ {2}tuned +- +- +- +- +- {2}see notes$/m)
  t.match(text, /^note +No number for tuned on json .*16 answers failed \(16 status\)/m)
  t.match(text, /errors 16 \(limit 0, tuned on json\) FAILED/)
  t.match(text, /^Indicative \(4 blocks\): on queries tuned needs 0\.40 times/)
})

await t.test('a bound is marked in the table and said in the sentence', async (t) => {
  const windows = changed('tuned', 'queries', ({ elapsedNs }) => ({
    generatorCpuNs: 0.93 * elapsedNs,
  }))
  const text = render(fakeResult({ windows }))
  t.match(text, />=2\.41 \(2\.31-2\.52\)/)
  t.match(text, /serves at\s+least 2\.41 times its requests\/s/)
  t.match(text, /generator 93 % \(limit 85 %, tuned on queries\) FAILED/)
})

await t.test('without cost the verdict is read from capacity', async (t) => {
  const windows = fakeResult().windows.map((window) =>
    window.contender === 'tuned' ? { ...window, cpuNs: null } : window,
  )
  const text = render(fakeResult({ windows }))
  t.match(text, /on queries tuned serves 2\.41 times baseline's requests\/s \(2\.31 to 2\.52\)/)
  t.match(text, /^ {2}tuned +4,074 +- +160 +- +2\.41 \(2\.31-2\.52\) {2}better$/m)
  t.match(text, /^note +tuned has no cost/m)
})

await t.test('one block gives numbers without intervals, and says so', async (t) => {
  const windows = fakeResult().windows.filter(({ block }) => block === 0)
  const text = render(fakeResult({ windows, state: 'partial' }))
  t.match(
    text,
    /^The run was stopped early\. Indicative \(1 block\): on \w+ tuned against baseline/,
  )
  t.match(text, /one\s+block\s+gives\s+no\s+interval/)
  t.match(text, /1 of 4 blocks of fresh processes/)
  t.notMatch(text, /\(\d\.\d+-\d/)
})

await t.test('a single contender is shown without comparisons', async (t) => {
  const text = render(
    fakeResult({
      contenders: [fakeContender('baseline')],
      windows: fakeResult().windows.filter(({ contender }) => contender === 'baseline'),
    }),
  )
  t.match(text, /^baseline was measured alone: name a second contender to compare\./)
  t.match(text, /^ {2}baseline +26,153/m)
})

await t.test('a run without windows and an invalid one say what they are', async (t) => {
  t.match(
    render(fakeResult({ windows: [], state: 'running' })),
    /^The run has not ended\. No verdict/,
  )
  t.match(render(fakeResult({ state: 'invalid' })), /^The run is invalid, see the gates/)
})

await t.test('the word is qualified where another operating point says otherwise', async (t) => {
  const usual = fakeResult()
  const few = usual.windows
    .filter(({ contender, workload }) => contender !== 'express:default' && workload === 'queries')
    .map((window) => ({
      ...window,
      connections: 2,
      cpuNs: window.contender === 'tuned' ? 900_000 * window.requests : window.cpuNs,
    }))
  const text = render(
    fakeResult({
      design: { ...usual.design, connections: [2, 32] },
      windows: [...usual.windows, ...few],
    }),
  )
  t.match(
    text.replaceAll(/\s+/g, ' '),
    /on queries tuned needs 0\.40 times .* with 32 connections \(the other way round at another operating point: worse with 2 connections\)/,
  )
})

await t.test('a verdict that the family does not keep says so', async (t) => {
  const noisy = fakeWindows(
    [
      { contender: 'baseline', workload: 'json', capacity: 22_000, costNs: 41_200 },
      {
        contender: 'tuned',
        workload: 'json',
        capacity: 22_100,
        costNs: 41_100,
        blockFactors: [1.01, 1, 0.995, 1.005],
      },
    ],
    4,
  )
  const windows = [
    ...fakeResult().windows.filter(
      ({ contender, workload }) => workload !== 'json' || contender === 'express:default',
    ),
    ...noisy,
  ]
  const text = render(fakeResult({ windows }))
  t.match(
    text.replaceAll(/\s+/g, ' '),
    /on json unresolved: 0\.995 times the CPU per request \(0\.985 to 1\.005\), not clear enough among 4 comparisons, about 1 more block would settle it/,
  )
  t.match(text, /^ {2}tuned .*0\.995 \(0\.985-1\.005\) .* unresolved$/m)
})

await t.test('a fragile verdict is called so in sentence, table and notes', async (t) => {
  const result = fakeResult({
    contenders: [fakeContender('baseline'), fakeContender('tuned')],
    windows: fakeWindows(
      [
        { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 50_000 },
        {
          contender: 'tuned',
          workload: 'json',
          capacity: 20_000,
          costNs: 50_000,
          blockFactors: [1.1, 1.06, 1.05, 1.07, 1.01, 0.99],
        },
      ],
      6,
    ),
  })
  const text = render(result)
  t.match(text, /times its requests\/s, slightly better\s+\(fragile\)\./)
  t.match(text, /^ {2}tuned .* {2}slightly better \(fragile\)$/m)
  t.match(text, /^note +The word "slightly better" for tuned on json .* is fragile/m)
  t.match(text, /95 % intervals over blocks, "same" means within 2 %\n/, 'one comparison, no Holm')
})

await t.test('ten of a kind are cut short, empty cells never', async (t) => {
  const warnings = Array.from({ length: 10 }, (_, index) => ({
    code: 'NOISE',
    message: `noise ${index}`,
    basis: 'observed' as const,
  }))
  const text = render(fakeResult({ warnings }))
  t.equal(text.match(/^note +noise/gm)?.length, 2)
  t.match(text, /8 more notes NOISE are in the result file/)
})
