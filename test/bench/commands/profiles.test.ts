/** `gapwise profiles`: effective values, and where each was decided. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { ProfileFacts } from '../../../bench/catalogue.ts'
import { profileNames } from '../../../src/profile/read.ts'
import { effectiveToggles } from '../../../src/profile.ts'
import { resolveProfile } from '../../../src/profile/resolve.ts'
import { isRefusal } from '../../helpers/refusal.ts'
import { runMain } from '../../helpers/run-main.ts'

const factsOf = async (...words: string[]): Promise<ProfileFacts> =>
  JSON.parse((await runMain(['profiles', ...words, '--json'])).out) as ProfileFacts

t.test('the list has every profile and what is on in it', async (t) => {
  const { code, out, err } = await runMain(['profiles'])
  t.equal(code, 0)
  t.equal(err, '')
  for (const name of profileNames()) t.match(out, new RegExp(`^${name} `, 'm'))
  t.match(out, /^baseline .*\n +on: nothing$/m)
  t.match(out, /^pooled .*\n +on: database-pool, prepared-statements$/m)
  t.ok(out.split('\n').every((line) => line.length <= 100))

  const json = await runMain(['profiles', '--json'])
  const all = JSON.parse(json.out) as ProfileFacts[]
  t.strictSame(
    all.map(({ name }) => name),
    profileNames(),
  )
  for (const { name, chain, toggles } of all) {
    t.equal(chain[0], name)
    t.strictSame(
      Object.fromEntries(
        toggles.flatMap(({ toggle, options }) => (options === null ? [] : [[toggle, options]])),
      ),
      JSON.parse(JSON.stringify(effectiveToggles(await resolveProfile(name)))),
      `${name} has its effective values`,
    )
  }
})

t.test('a bent profile tells what the command line decided', async (t) => {
  const { toggles, chain } = await factsOf('pooled~prepared-statements+database-pool={"max":7}')
  t.strictSame(chain, ['pooled', 'baseline'])
  t.strictSame(toggles, [
    {
      toggle: 'database-pool',
      options: { max: 7 },
      origin: 'command line',
      subsumedBy: null,
    },
    { toggle: 'prepared-statements', options: null, origin: 'command line', subsumedBy: null },
  ])
  const { out } = await runMain(['profiles', 'pooled~prepared-statements'])
  t.equal(
    out,
    `pooled~prepared-statements: Baseline with a small pool and prepared statements.

Extends: pooled → baseline

  toggle               set by        value
  database-pool        pooled        max 4
  prepared-statements  command line  off
`,
  )
})

t.test('a file of the user’s own: each toggle names the profile that set it', async (t) => {
  const path = join(t.testdir(), 'mine.json')
  const content = {
    description: 'Mine.',
    extends: 'pooled',
    toggles: { workers: { count: 3 }, 'prepared-statements': false },
  }
  writeFileSync(path, JSON.stringify(content))
  const { chain, toggles } = await factsOf(path)
  t.strictSame(chain, [path, 'pooled', 'baseline'])
  t.strictSame(
    toggles.map(({ toggle, options, origin }) => [toggle, options, origin]),
    [
      ['database-pool', { max: 4 }, 'pooled'],
      ['prepared-statements', null, path],
      ['workers', { count: 3 }, path],
    ],
  )
})

t.test('a profile without toggles says so', async (t) => {
  const { out } = await runMain(['profiles', 'baseline'])
  t.match(out, /^baseline: .*\n\nNo toggle is on\.\n$/)
})

t.test('what cannot be is refused', async (t) => {
  isRefusal(t, await runMain(['profiles', 'tunde']), {
    exit: 2,
    code: 'UNKNOWN_PROFILE',
    says: ['"tunde"', 'Did you mean "tuned"?'],
  })
  isRefusal(t, await runMain(['profiles', 'tuned+wrokers']), {
    exit: 2,
    code: 'UNKNOWN_TOGGLE',
    says: ['Did you mean "workers"?'],
  })
  isRefusal(t, await runMain(['profiles', './none.json']), {
    exit: 2,
    code: 'UNKNOWN_PROFILE',
    says: ['none.json'],
  })
})
