import t from 'tap'
import { parseDuration } from '../../bench/duration.ts'

t.test('durations as people write them', async (t) => {
  const right = { '90s': 90_000, '3m': 180_000, '500ms': 500, '1.5m': 90_000, '2h': 7_200_000 }
  for (const [text, ms] of Object.entries(right)) t.equal(parseDuration(text, '--budget'), ms, text)
  t.equal(parseDuration('20', '--budget'), 20_000, 'a bare number is seconds')
  t.equal(parseDuration('0', '--budget'), 0, 'whether it is enough is for the plan to say')
})

t.test('anything else is refused by name', async (t) => {
  for (const text of ['', 'abc', '3 m', '-3m', '3d', '1m30s', '1e3', 'Infinity', '.5s', '3M'])
    t.throws(
      () => parseDuration(text, '--budget'),
      {
        code: 'BAD_DURATION',
        failure: 'usage',
        message: `--budget takes a duration such as 90s or 3m, found "${text}".`,
      },
      `"${text}"`,
    )
})
