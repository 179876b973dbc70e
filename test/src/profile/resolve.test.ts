import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t from 'tap'
import { effectiveToggles } from '../../../src/profile.ts'
import { profileNames } from '../../../src/profile/read.ts'
import { resolveProfile } from '../../../src/profile/resolve.ts'

/** A folder of profile files, removed when the test ends. */
function folderOf(t: { teardown(fn: () => void): void }, files: Record<string, unknown>): URL {
  const folder = mkdtempSync(join(tmpdir(), 'gapwise-profiles-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(
      join(folder, `${name}.json`),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  }
  return pathToFileURL(`${folder}/`)
}
const profile = (toggles: object, parent?: string) => ({
  description: 'A test.',
  toggles,
  ...(parent === undefined ? {} : { extends: parent }),
})

t.test('every shipped profile resolves', async (t) => {
  for (const name of profileNames()) {
    const resolved = await resolveProfile(name)
    t.ok(resolved.description, name)
  }
})

t.test('options are filled with their defaults', async (t) => {
  t.same(effectiveToggles(await resolveProfile('baseline+database-pool')), {
    'database-pool': { max: 4 },
  })
})

t.test("a child replaces a parent's options whole, and can switch a toggle off", async (t) => {
  const folder = folderOf(t, {
    base: profile({
      'response-schema': { largeArraySize: 7 },
      'database-pool': { max: 3 },
      workers: true,
    }),
    child: profile(
      { 'response-schema': { largeArrayMechanism: 'json-stringify' }, workers: false },
      'base',
    ),
  })
  const resolved = await resolveProfile('child', folder)
  t.same(effectiveToggles(resolved), {
    'database-pool': { max: 3 },
    'response-schema': {
      largeArrayMechanism: 'json-stringify',
      largeArraySize: 20_000,
      routes: 'all',
    },
  })
  t.same(
    resolved.toggles.map(({ toggle, origin }) => [toggle.name, origin]),
    [
      ['database-pool', 'base'],
      ['response-schema', 'child'],
    ],
  )
})

t.test('wrong profiles are refused with a code, the file and the key', async (t) => {
  const folder = folderOf(t, {
    broken: '{ "description": ',
    'unknown-key': { ...profile({}), colour: 'red' },
    'unknown-toggle': profile({ 'response-shema': true }),
    'bad-value': profile({ workers: 4 }),
    'bad-option': profile({ workers: { count: 1 } }),
    'option-typo': profile({ 'database-pool': { mx: 4 } }),
    'no-parent': profile({}, 'nobody'),
    a: profile({}, 'b'),
    b: profile({}, 'a'),
  })
  const cases: [name: string, code: string, words: RegExp][] = [
    ['brokn', 'UNKNOWN_PROFILE', /Did you mean "broken"/],
    ['broken', 'BAD_JSON', /broken\.json/],
    ['unknown-key', 'BAD_PROFILE', /unknown-key\.json: \/colour/],
    [
      'unknown-toggle',
      'UNKNOWN_TOGGLE',
      /unknown-toggle\.json: \/toggles.*Did you mean "response-schema"/,
    ],
    ['bad-value', 'BAD_OPTIONS', /bad-value\.json: \/toggles\/workers.*found 4/],
    ['bad-option', 'BAD_OPTIONS', /bad-option\.json: \/toggles\/workers\/count/],
    ['option-typo', 'BAD_OPTIONS', /\/mx.*Options: max/],
    ['no-parent', 'UNKNOWN_PROFILE', /nobody/],
    ['a', 'EXTENDS_CYCLE', /a → b → a/],
  ]
  for (const [name, code, message] of cases) {
    await t.rejects(resolveProfile(name, folder), { failure: 'usage', code, message }, name)
  }
})

t.test('toggles that cannot live together are refused, naming both', async (t) => {
  await t.rejects(resolveProfile('baseline+connection-per-request+database-pool'), {
    code: 'TOGGLE_CLASH',
    message: /"connection-per-request" and "database-pool".*nothing to size/,
  })
  await t.rejects(resolveProfile('baseline+connection-per-request+pipelined-queries'), {
    code: 'TOGGLE_CLASH',
    message: /"connection-per-request" and "pipelined-queries".*connections\.hold/,
  })
  await t.rejects(resolveProfile('baseline+postgres-js+pipelined-queries'), {
    code: 'TOGGLE_NEEDS',
    message: /\+prepared-statements/,
  })
  t.ok(await resolveProfile('baseline+pipelined-queries'), 'on pg it needs nothing')
})

t.test("a file of the user's own is a profile, and may extend a shipped one", async (t) => {
  const folder = folderOf(t, { mine: profile({ workers: { count: 2 } }, 'pooled') })
  const path = fileURLToPath(new URL('mine.json', folder))
  const resolved = await resolveProfile(`${path}~prepared-statements`)
  t.equal(resolved.name, `${path}~prepared-statements`)
  t.same(effectiveToggles(resolved), { 'database-pool': { max: 4 }, workers: { count: 2 } })
  await t.rejects(resolveProfile('no-such.json'), {
    code: 'UNKNOWN_PROFILE',
    message: /no-such\.json.*tuned/,
  })
})

t.test('a wrong option is told what it takes', async (t) => {
  await t.rejects(resolveProfile('baseline+workers={"count":0}'), {
    code: 'BAD_OPTIONS',
    message: /count: found 0.*"cores", "twice-cores-plus-one" or a whole number from 2 to 64/,
  })
})

t.test('more workers than connections are refused, because a pool is a total', async (t) => {
  await t.rejects(resolveProfile('baseline+workers={"count":3}+database-pool={"max":2}'), {
    code: 'POOL_TOO_SMALL',
    message: /3 workers.*2 database connections.*"max":3/,
  })
  t.ok(await resolveProfile('baseline+workers={"count":3}+database-pool={"max":3}'))
  t.ok(await resolveProfile('baseline+workers={"count":20}'), 'ten is only a default')
  t.ok(await resolveProfile('baseline+workers={"count":20}+connection-per-request'))
})
