/** What cannot be compared is refused before anything is started. */
import t from 'tap'
import { noise } from '../../../bench/commands/noise.ts'
import type { Io } from '../../../bench/io.ts'

const io: Io = {
  out: () => {},
  err: () => {},
  colour: false,
  interactive: false,
  columns: 100,
  signal: new AbortController().signal,
}
const options = {
  workload: 'json',
  quick: false,
  engine: 'built-in',
  json: false,
  compareDesigns: true,
}
const refused: Readonly<Record<string, [readonly string[], Partial<typeof options>, string]>> = {
  'several contenders without the flag': [
    ['baseline', 'tuned'],
    { compareDesigns: false },
    'NOT_ONE_CONTENDER',
  ],
  'several workloads': [['baseline'], { workload: 'json,db' }, 'ONE_POINT'],
  'a first contender that is two': [['node-http'], {}, 'NOT_ONE_CONTENDER'],
  'a server that runs already': [['baseline', 'http://127.0.0.1:9'], {}, 'NOT_FRESH'],
  'a word that is nothing': [['basline'], {}, 'UNKNOWN_CONTENDER'],
}
for (const [what, [words, own, code]] of Object.entries(refused))
  t.test(`${what} is refused`, async (t) => {
    await t.rejects(noise(words, { ...options, ...own }, io), { failure: 'usage', code })
  })

t.test('too small a budget is refused with one that works', async (t) => {
  await t.rejects(noise(['baseline'], { ...options, budget: '1m' }, io), {
    code: 'BUDGET_TOO_SMALL',
    message: /--budget \d+m for 4 blocks/,
  })
})
