/** `gapwise toggles`: driven by the folder, readable in 100 columns, the same as data. */
import { existsSync } from 'node:fs'
import t from 'tap'
import type { ToggleFacts } from '../../../bench/catalogue.ts'
import { renderTogglePage } from '../../../bench/report/toggle-text.ts'
import { loadToggle, toggleNames } from '../../../src/profile/resolve.ts'
import { isRefusal } from '../../helpers/refusal.ts'
import { runMain } from '../../helpers/run-main.ts'

const isNarrow = (text: string): boolean => text.split('\n').every((line) => line.length <= 100)

t.test('the list has every toggle once, under its family', async (t) => {
  const { code, out, err } = await runMain(['toggles'])
  t.equal(code, 0)
  t.equal(err, '')
  const listed = [...out.matchAll(/^ {2}([a-z][a-z0-9-]*) {2,}\S/gm)].map(([, name = '']) => name)
  t.strictSame(listed.toSorted(), toggleNames())
  t.ok(isNarrow(out))
  const families = [...out.matchAll(/^[a-z]+$/gm)].map(([family]) => family)
  t.strictSame(families, families.toSorted())
  t.equal(new Set(families).size, families.length)
})

t.test('the list as data has every page', async (t) => {
  const { code, out, err } = await runMain(['toggles', '--json'])
  t.equal(code, 0)
  t.equal(err, '')
  const all = JSON.parse(out) as ToggleFacts[]
  t.strictSame(
    all.map(({ name }) => name),
    toggleNames(),
  )
  for (const facts of all) {
    const toggle = await loadToggle(facts.name, 'test')
    t.match(facts, { summary: toggle.summary, family: toggle.family, tradeoff: toggle.tradeoff })
    for (const option of facts.options)
      t.ok(
        option.description !== '' && option.default !== undefined && option.takes !== 'undefined',
        `${facts.name}: ${option.name} is explained`,
      )
    t.ok(facts.recipe === null || existsSync(facts.recipe.folder), `${facts.name}: recipe`)
  }
})

t.test('the page of each toggle', async (t) => {
  const all = JSON.parse((await runMain(['toggles', '--json'])).out) as ToggleFacts[]
  for (const facts of all) {
    const { name, family } = facts
    const out = renderTogglePage(facts)
    t.ok(out.startsWith(`${name} (${family}): `), `${name}: begins with name and family`)
    for (const label of ['gives up', 'FastAPI', 'docs', 'on in', 'expected'])
      t.match(out, new RegExp(`^  ${label} `, 'm'), label)
    t.match(out, /^(?:Not measured yet|Measured, )/m)
    // That each toggle has one is the business of test/recipes.
    if (facts.recipe !== null) t.match(out, /^Recipe \(docs\/recipes\//m)
    const prose = out.split('\nRecipe (')[0]?.split('\n') ?? []
    t.strictSame(
      prose.filter((line) => line.length > 100 && !/^ {2}(?:npm run|docs) /.test(line)),
      [],
    )
  }
})

t.test('a page tells what can be set, where it is on and what it cannot live with', async (t) => {
  const { code, out, err } = await runMain(['toggles', 'database-pool'])
  t.equal(code, 0)
  t.equal(err, '')
  t.match(out, 'options   max: a whole number from 1 to 200, default 4. Connections of the whole')
  t.match(out, /on in {5}.*pooled \(max 4\)/)
  t.match(out, 'connection-per-request: without a pool there is nothing to size')
  const pipelined = await runMain(['toggles', 'pipelined-queries'])
  t.match(pipelined.out, 'connection-per-request: both fill the slot connections.hold')
  t.match(pipelined.out, /needs {5}prepared-statements where postgres-js is on, because /)
})

t.test('a bad habit is called one, and its recipe is to be read the other way round', async (t) => {
  const { out } = await runMain(['toggles', 'connection-per-request'])
  t.match(out, 'A bad habit')
  t.match(out, 'do the reverse')
})

t.test('one toggle as data', async (t) => {
  const { code, out } = await runMain(['toggles', 'workers', '--json'])
  t.equal(code, 0)
  t.match(JSON.parse(out), {
    name: 'workers',
    family: 'process',
    anti: false,
    options: [{ name: 'count', default: 'cores' }],
    expectation: { moves: ['json'], metric: 'capacity' },
    recipe: { folder: 'docs/recipes/workers', diff: /^\+import cluster from 'node:cluster'$/m },
  })
})

t.test('an unknown name is refused with the nearest one', async (t) => {
  isRefusal(t, await runMain(['toggles', 'databse-pool']), {
    exit: 2,
    code: 'UNKNOWN_TOGGLE',
    says: ['"databse-pool"', 'Did you mean "database-pool"?'],
  })
})
