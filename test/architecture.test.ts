/** The rules that keep the tree readable: who may import whom, and what a file may be. */
import { posix } from 'node:path'
import t, { type Test } from 'tap'
import { loadWorkload, workloadNames } from '../bench/workloads/by-name.ts'
import { loadMember, memberNames } from '../src/registry.ts'
import { reachable, sourceFiles } from './helpers/source-files.ts'

const all = sourceFiles('src', 'bench', 'test')
const byPath = new Map(all.map((file) => [file.path, file]))
const within = (folder: string) => all.filter(({ path }) => path.startsWith(folder))

/** No pair of file and what is wrong with it. */
const none = (t: Test, offences: readonly string[], rule: string): void => {
  t.strictSame(offences, [], rule)
}

t.test('the imports of every file are found and exist', async (t) => {
  t.ok(within('src/').length > 30 && within('bench/').length > 60 && within('test/').length > 30)
  t.match(byPath.get('src/main.ts')?.imports, ['node:cluster', 'src/compose.ts'])
  t.ok(
    byPath
      .get('src/database/drivers/pg.ts')
      ?.lateImports.includes('src/database/drivers/pg/pooled.ts'),
    'import() counts',
  )
  t.notOk(byPath.get('src/slot.ts')?.valueImports.includes('fastify'), 'a type is no value')
  t.ok(byPath.get('src/slot.ts')?.imports.includes('fastify'))
  const missing = all.flatMap(({ path, imports }) =>
    imports
      .filter((each) => /^(src|bench|test)\//.test(each) && !byPath.has(each))
      .map((each) => `${path}: ${each}`),
  )
  none(t, missing, 'an import that was not understood would hide from the rules below')
})

t.test('the server knows nothing of the bench', async (t) => {
  const offences = within('src/').flatMap(({ path, imports, urls }) =>
    [...imports, ...urls]
      .filter((each) => /^(bench|test)\b/.test(each) || each.includes('workload'))
      .map((each) => `${path}: ${each}`),
  )
  none(t, offences, 'src imports and names nothing of bench or test')
})

t.test('statistics and reports are pure', async (t) => {
  const outside = within('bench/stats/').flatMap(({ path, imports }) =>
    imports
      .filter((each) => !each.startsWith('bench/stats/') && each !== 'simple-statistics')
      .map((each) => `${path}: ${each}`),
  )
  none(t, outside, 'bench/stats imports only itself and its library')

  // Charts are drawn into a document in memory.
  const charts = ['@observablehq/plot', 'linkedom']
  const harmless = new Set(['node:util', 'node:path', 'simple-statistics', ...charts])
  const isHarmless = (each: string): boolean =>
    byPath.has(each) || harmless.has(each) || each.startsWith('@sinclair/typebox')
  const impure = within('bench/report/').flatMap(({ path }) =>
    [...reachable(path, byPath, { late: true })]
      .filter((each) => !isHarmless(each))
      .map((each) => `${path}: ${each}`),
  )
  none(t, impure, 'nothing that a report reaches does input or output')
  const effects = [...within('bench/stats/'), ...within('bench/report/')]
    .filter(({ code }) => /(?<![.\w])(process|console|fetch)\b[.(]/.test(code))
    .map(({ path }) => path)
  none(t, effects, 'nor do they by globals')
})

t.test('profiles and toggles are read without Fastify', async (t) => {
  const offences = all
    .filter(({ path }) => /^src\/(profile|toggles?)(\.ts|\/)/.test(path))
    .flatMap(({ path }) =>
      [...reachable(path, byPath, { late: false })]
        .filter((each) => /fastify/.test(each))
        .map((each) => `${path}: ${each}`),
    )
  none(t, offences, 'a command that only names profiles loads no server')
})

t.test('only src/main.ts touches the process', async (t) => {
  const offences = within('src/')
    .filter(({ path }) => path !== 'src/main.ts')
    .flatMap(({ path, code, imports }) => [
      ...[...code.matchAll(/(?<![.\w/])process\.(?!(?:versions?|pid)\b)\w+/g)].map(
        ([what]) => `${path}: ${what}`,
      ),
      ...imports.filter((each) => each === 'node:process').map((each) => `${path}: ${each}`),
    ])
  none(t, offences, 'arguments, environment, signals and exit have one place')
})

t.test('files are small and named for what they hold', async (t) => {
  const mostLines = 250
  none(
    t,
    all
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > mostLines)
      .map(({ path, lines }) => `${path}: ${lines} lines`),
    `at most ${mostLines} lines`,
  )
  const drawers = new Set(['utils.ts', 'types.ts', 'index.ts', 'helpers.ts', 'common.ts'])
  none(
    t,
    all.map(({ path }) => path).filter((path) => drawers.has(posix.basename(path))),
    'no drawers',
  )
  none(
    t,
    all.map(({ path }) => path).filter((path) => !/^[a-z0-9./-]+$/.test(path)),
    'kebab-case',
  )
  none(
    t,
    within('src/')
      .concat(within('bench/'))
      .filter(({ text }) => !/^(#!.*\n)?\/\*\*/.test(text))
      .map(({ path }) => path),
    'the first line says what the module is for',
  )
  none(
    t,
    all
      .filter(
        ({ path, code }) =>
          /^export default\b/m.test(code) && !/^src\/(toggles|endpoints)\//.test(path),
      )
      .map(({ path }) => path),
    'default exports only where members are loaded by name',
  )
})

t.test('a member is called what its file is called', async (t) => {
  for (const folder of ['toggles', 'endpoints']) {
    const url = new URL(`../src/${folder}/`, import.meta.url)
    for (const name of memberNames(url))
      t.equal((await loadMember<{ name: string }>(url, name)).name, name, `${folder}/${name}`)
  }
  for (const name of workloadNames())
    t.equal((await loadWorkload(name)).name, name, `workloads/${name}`)
})

t.test('no file reaches itself', async (t) => {
  none(
    t,
    all
      .filter(({ path }) => reachable(path, byPath, { late: true }).has(path))
      .map(({ path }) => path),
    'no cycles',
  )
})
