import t from 'tap'
import { parseSpec } from '../../../src/profile/spec.ts'

t.test('a bare name is a profile without bends', async (t) => {
  t.same(parseSpec('tuned'), { profile: 'tuned', bends: [] })
})

t.test('+ switches on, ~ switches off, = gives options', async (t) => {
  t.same(parseSpec('baseline+database-pool={"max":4}~postgres-js+workers'), {
    profile: 'baseline',
    bends: [
      { toggle: 'database-pool', setting: { max: 4 } },
      { toggle: 'postgres-js', setting: false },
      { toggle: 'workers', setting: true },
    ],
  })
})

t.test('signs inside options do not start a bend', async (t) => {
  t.same(parseSpec('baseline+workers={"count":"a+b ~c"}').bends, [
    { toggle: 'workers', setting: { count: 'a+b ~c' } },
  ])
})

for (const bad of [
  '',
  '+workers',
  'Tuned',
  '../etc',
  'baseline+workers={',
  'baseline~workers={}',
  'baseline+',
]) {
  t.test(`"${bad}" is refused with BAD_SPEC`, async (t) => {
    t.throws(() => parseSpec(bad), { code: 'BAD_SPEC', failure: 'usage' })
  })
}
