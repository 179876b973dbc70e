/** The files that are made from the code are what the code would make now, and say what it says. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { generatedFiles, isFresh } from '../bench/generate.ts'
import { profileNames, profilesFolder } from '../src/profile/read.ts'
import { loadToggle, toggleNames } from '../src/profile/resolve.ts'
import { profileSchema } from '../src/profile/schema.ts'

t.test('generated files are fresh', async (t) => {
  const files = await generatedFiles()
  t.ok(files.length > 0)
  for (const generated of files)
    t.ok(isFresh(generated), `${fileURLToPath(generated.file)}; if not: npm run generate`)
})

t.test(
  'the schema of profiles takes every shipped profile and refuses what the server refuses',
  async (t) => {
    const toggles = await Promise.all(toggleNames().map((name) => loadToggle(name, 'test')))
    const schema = profileSchema(toggles, profileNames())
    const file = readFileSync(new URL('schema.json', profilesFolder), 'utf8')
    t.strictSame(JSON.parse(file), JSON.parse(JSON.stringify(schema)), 'it is the schema on disk')

    for (const name of profileNames()) {
      const profile: unknown = JSON.parse(
        readFileSync(new URL(`${name}.json`, profilesFolder), 'utf8'),
      )
      t.strictSame([...Value.Errors(schema, profile)], [], name)
    }
    const good = { description: 'x', toggles: { 'database-pool': { max: 3 }, 'postgres-js': true } }
    t.ok(Value.Check(schema, good))
    const bad: Record<string, unknown> = {
      'an unknown toggle': { ...good, toggles: { 'prepared-statement': true } },
      'an unknown option': { ...good, toggles: { 'database-pool': { maximum: 3 } } },
      'an option out of range': { ...good, toggles: { 'database-pool': { max: 0 } } },
      'a toggle that is neither on, off nor options': {
        ...good,
        toggles: { 'postgres-js': 'yes' },
      },
      'an unknown key': { ...good, port: 3000 },
      'an unknown parent': { ...good, extends: 'base' },
      'no description': { toggles: {} },
    }
    for (const [what, profile] of Object.entries(bad)) t.notOk(Value.Check(schema, profile), what)
  },
)
