/** Reports of studies. */
import t from 'tap'
import { renderMarkdown } from '../../../bench/report/markdown.ts'
import { renderText } from '../../../bench/report/text.ts'
import { partOf } from '../../../bench/result/part.ts'
import type { Raw, Result } from '../../../bench/results.ts'
import { fakeSlo, fakeSweep, type StudyTruth } from '../results/fixtures/fake-study.ts'
import { resultOf } from './fixtures/fake-paced-result.ts'

const queue =
  (most: number) =>
  (rate: number): number =>
    1_000 / Math.max(0.001, 1 - rate / most)

const baseline: StudyTruth = {
  contender: 'baseline',
  capacities: [10_000, 10_000],
  p99Us: queue(10_000),
}
const tuned: StudyTruth = {
  contender: 'tuned',
  capacities: [20_000, 22_000],
  p99Us: (rate, block) => queue(block === 0 ? 20_000 : 22_000)(rate),
}

const render = (raw: Raw): string => renderText(resultOf(raw), { colour: false })
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

const slo = `
On json baseline keeps p99 within 10 ms up to 8,876 requests/s (8,876-8,876): latency is the limit.
On json tuned keeps p99 within 10 ms up to 18,619 requests/s (10,162-34,113), 2.10 (1.14-3.84) times
the rate of baseline: latency is the limit.

  A = baseline
  B = tuned

json, p99 within 10 ms
                 requests/s  of capacity           bracket  confirmed             ratio  limited by
  A     8,876 (8,876-8,876)       88.8 %    8,876 to 9,104        8/8                 1  latency
  B  18,619 (10,162-34,113)       88.7 %  17,752 to 20,029        8/8  2.10 (1.14-3.84)  latency

gates    errors 0 ok
reading  requests are sent whatever the server does, and latency counts from when each was meant to
         be sent; the highest rate that was found to keep the limit, about 5 % coarse, with its 95 %
         interval over blocks where there are two or more; ratios are contender / base, block by
         block
design   seed 7, 2 blocks of fresh processes, each contender's capacity taken in each block with 32
         connections, each search brackets and halves to 5 %, probes after 500 ms to settle, 68
         probes, 95 % intervals over blocks
`.trimStart()

const sweep = `
On json baseline saturated beyond 7,950 requests/s; its knee is p99 4.88 ms at 7,950 requests/s
(beside it p99 2.35 ms at 5,740 requests/s and saturated at 11,000 requests/s).

json, baseline, by share of its own capacity
  of capacity  requests/s  p50 ms  p99 ms
  10 %              1,000    0.56    1.11
  14.4 %            1,440    0.58    1.17
  20.8 %            2,080    0.63    1.26
  30 %              3,000    0.71    1.43
  41.5 %            4,150    0.85    1.71
  57.4 %            5,740    1.17    2.35
  79.5 %            7,950    2.44    4.88  knee
  110 %            11,000       -       -  saturated, 9,900 achieved

gates    errors 0 ok
reading  requests are sent whatever the server does, and latency counts from when each was meant to
         be sent, less what the load generator itself was late; every contender runs at shares of
         its own capacity, so rows of two of them are not at one load; in brackets the smallest and
         the largest block
design   seed 7, 2 blocks of fresh processes, each contender's capacity taken in each block with 32
         connections, 8 rates x 3 windows of 1000 ms after 250 ms to settle, per contender and
         block, 48 probes
`.trimStart()

/** What stands before the line of the machine. */
const untilMachine = (text: string): string => text.slice(0, text.indexOf('machine  '))

t.test('a whole report of a search', async (t) => {
  t.equal(untilMachine(render(fakeSlo([baseline, tuned]))), slo)
  t.ok(slo.split('\n').every((line) => line.length <= 100))
})

t.test('a whole report of a sweep', async (t) => {
  t.equal(untilMachine(render(fakeSweep([baseline]))), sweep)
})

t.test('both stand in Markdown, with headings of their own', async (t) => {
  const text = renderMarkdown(resultOf(fakeSlo([baseline, tuned])))
  t.match(
    text,
    '| contender | requests/s | of capacity | bracket | confirmed | ratio | limited by |',
  )
  const swept = renderMarkdown(resultOf(fakeSweep([baseline])))
  t.match(swept, '| of capacity | requests/s | p50 ms | p99 ms |  |')
  t.match(swept, '| 110 % | 11,000 | - | - | saturated, 9,900 achieved |')
})

t.test('what is not found is told with its reason', async (t) => {
  const of = (truth: Partial<StudyTruth>): string =>
    oneLine(render(fakeSlo([{ ...baseline, ...truth }])))
  t.match(
    of({ p99Us: () => 50_000 }),
    /On json baseline does not keep p99 within 10 ms, not even 219\/s: latency is the limit\./,
  )
  t.match(
    of({ ownLagUs: (rate) => (rate > 5_000 ? 1_001 : 20) }),
    /within 10 ms up to at least 4,\d+ requests\/s .*: the generator is the limit\./,
  )
  t.match(of({ p99Us: () => 500 }), /: capacity, not latency, is the limit\./)
  t.match(of({ mostPerSecond: 1e9, p99Us: () => 500 }), /up to at least .*: nothing limited it\./)
  t.match(
    of({ p99Us: (rate, block) => (block === 0 ? 50_000 : queue(10_000)(rate)) }),
    /latency is the limit, and in 1 of 2 blocks no rate was found \(not even 219\/s\)\./,
  )
})

t.test('curves without a knee say why', async (t) => {
  const of = (truth: Partial<StudyTruth>): string =>
    oneLine(render(fakeSweep([{ ...baseline, ...truth }])))
  t.match(of({ p99Us: () => 900 }), /p99 stays within 3 times that at 30 % of its capacity/)
  t.match(of({ ownLagUs: () => 20_000 }), /its knee is not known, as there is no p99 at 30 %/)
  t.match(of({ mostPerSecond: 1e9 }), /held every rate up to 11,000 requests\/s/)
  t.match(of({ mostPerSecond: 0 }), /saturated at every rate/)
})

t.test('a part of a study has its contenders alone', async (t) => {
  const both: Result = resultOf(fakeSlo([baseline, tuned]))
  const part = partOf(both, { contenders: ['baseline'] })
  t.same(
    part.limits?.map(({ contender }) => contender),
    ['baseline'],
  )
})
