import t from 'tap'
import { diffProfiles } from '../../../src/profile/diff.ts'
import { resolveProfile } from '../../../src/profile/resolve.ts'

const diff = async (a: string, b: string) =>
  diffProfiles(await resolveProfile(a), await resolveProfile(b)).map(
    ({ toggle, a: inA, b: inB }) => [toggle.name, inA?.options, inB?.options],
  )

t.test('a profile does not differ from itself', async (t) => {
  t.same(await diff('tuned', 'tuned'), [])
})

t.test('toggles on one side and changed options are listed by name', async (t) => {
  t.same(await diff('pooled+workers', 'pooled+database-pool={"max":8}+response-schema'), [
    ['database-pool', { max: 4 }, { max: 8 }],
    [
      'response-schema',
      undefined,
      { largeArrayMechanism: 'default', largeArraySize: 20_000, routes: 'all' },
    ],
    ['workers', { count: 'cores' }, undefined],
  ])
})
