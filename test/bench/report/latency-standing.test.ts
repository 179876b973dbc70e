import t from 'tap'
import { latencySentences } from '../../../bench/report/latency-standing.ts'
import type { Result } from '../../../bench/results.ts'
import { fakeResult } from './fixtures/fake-result.ts'
import { fakePacedResult } from './fixtures/fake-paced-result.ts'

/** The same comparison of p99 with other contenders and words. */
const withVerdicts = (
  result: Result,
  rows: readonly (readonly [contender: string, Result['comparisons'][number]['verdict']])[],
): Result => {
  const [first] = result.comparisons.filter(({ metric }) => metric === 'latencyP99')
  return {
    ...result,
    comparisons: rows.map(([contender, verdict]) => ({ ...first!, contender, verdict })),
  }
}

t.test('what is longer stands first, whatever the order of contenders', async (t) => {
  const ratio = '0.500 (0.494-0.507)'
  t.strictSame(
    latencySentences(
      withVerdicts(fakePacedResult(), [
        ['a', 'unresolved'],
        ['b', 'better'],
        ['c', 'slightly worse'],
        ['d', 'same'],
        ['e', 'worse'],
      ]),
    ),
    [
      `At 3,000 requests/s on json, as a ratio to that of baseline, p99 is longer with c ${ratio} and e ${ratio}; ` +
        `shorter with b ${ratio}; the same with d ${ratio}; not told apart with a ${ratio}.`,
    ],
  )
})

t.test('nothing is said where no p99 is compared', async (t) => {
  t.strictSame(latencySentences(fakeResult()), [])
  t.strictSame(latencySentences(withVerdicts(fakePacedResult(), [])), [])
})
