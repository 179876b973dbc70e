import t from 'tap'
import { sentencesOf } from '../../../bench/report/sentence.ts'
import { fakeContender, fakeWindows } from '../results/fixtures/fake-run.ts'
import { fakeResult } from './fixtures/fake-result.ts'

await t.test(
  'of many contenders sentences have the words alone, and names as they are written',
  async (t) => {
    const ids = ['baseline', ...Array.from({ length: 13 }, (_, index) => `own-${index}`)]
    const windows = fakeWindows(
      ids.map((contender, index) => ({
        contender,
        workload: 'json',
        capacity: 10_000,
        costNs: index === 1 ? 50_000 : 100_000,
      })),
    )
    const told = sentencesOf(
      fakeResult({ contenders: ids.map((id) => fakeContender(id)), windows }),
    )
    t.equal(told[0], 'Indicative (4 blocks): against baseline own-0 is better on json.')
    t.equal(told[1], 'Against baseline own-1 is the same on json.')
  },
)
