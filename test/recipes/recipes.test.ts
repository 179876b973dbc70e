/** Every recipe does what it says outside gapwise: both apps start and give the right answer. */
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { toggleNames } from '../../src/profile/resolve.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { isRight, readChecks } from './check.ts'
import { flagsOf, startRecipe, startUpstream } from './start.ts'

const folder = new URL('../../docs/recipes/', import.meta.url)
const project = new URL('../../package.json', import.meta.url)
const versions = ['before', 'after'] as const
const mostLines = 60

// Two processes for each toggle, one after the other.
t.setTimeout(300_000)

const recipes = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()

t.test('each toggle has a recipe, and each recipe a toggle', async (t) => {
  t.strictSame(recipes, toggleNames())
})

t.test('a recipe stands on its own', async (t) => {
  const { dependencies } = JSON.parse(readFileSync(project, 'utf8')) as {
    dependencies: Record<string, string>
  }
  const isAllowed = (name: string): boolean =>
    name.startsWith('node:') ||
    Object.keys(dependencies).some((each) => name === each || name.startsWith(`${each}/`))
  for (const recipe of recipes) {
    const [before = '', after = ''] = versions.map((version) => {
      const source = readFileSync(new URL(`${recipe}/${version}.js`, folder), 'utf8')
      const imported = [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)]
      const foreign = imported.map(([, name = '']) => name).filter((name) => !isAllowed(name))
      t.strictSame(foreign, [], `${recipe}/${version}.js imports only dependencies`)
      t.ok(source.split('\n').length - 1 <= mostLines, `${recipe}/${version}.js is short`)
      return source
    })
    t.not(before, after, `${recipe}: the two differ`)
  }
})

t.test('flags of node are read from the first line', async (t) => {
  t.strictSame(flagsOf("import a from 'a'\n"), [])
  t.strictSame(flagsOf('#!/usr/bin/env node\n'), [])
  t.strictSame(flagsOf('#!/usr/bin/env -S node --a=1 --b\n'), ['--a=1', '--b'])
})

t.test('before and after give the same right answer', async (t) => {
  const { supervisor, postgres } = await openTestPostgres(t)
  const upstreamUrl = await startUpstream(t)
  for (const recipe of recipes)
    await t.test(recipe, async (t) => {
      const checks = readChecks(new URL(`${recipe}/check.json`, folder))
      for (const version of versions)
        await t.test(version, async (t) => {
          const databaseUrl = await postgres.createDatabase(`recipe-${recipe}-${version}`)
          const file = new URL(`${recipe}/${version}.js`, folder)
          const { origin, child } = await startRecipe(file, {
            supervisor,
            databaseUrl,
            databaseSocket: postgres.socketDir,
            upstreamUrl,
          })
          for (const check of checks) await isRight(t, origin, check)
          // Before the stop, which may find a worker that is still starting.
          const said = child.logTail(100).split('\n')
          await child.stop()
          // Pino's lines are JSON: only the recipe about logging writes them.
          const plain = new Set(said.filter((line) => !line.startsWith('{')))
          t.equal(plain.size, 1, `prints one line: ${[...plain].join('\n')}`)
          await postgres.dropDatabase(`recipe-${recipe}-${version}`)
        })
    })
})
