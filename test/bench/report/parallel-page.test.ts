/** docs/parallel.md as it is rendered from measured steps. */
import t, { type Test } from 'tap'
import { toggleCatalogue } from '../../../bench/catalogue/toggles.ts'
import { runFacts } from '../../../bench/page-runs/facts.ts'
import { measureParallel, quantitiesOf, type Step } from '../../../bench/parallel.ts'
import { measureQuantity } from '../../../bench/quantities/measure.ts'
import type { MeasuredRuns } from '../../../bench/quantity.ts'
import { renderParallel } from '../../../bench/report/parallel.ts'
import { measuredAs, pageResult } from '../quantities/fixtures/page-result.ts'

const toggles = (await toggleCatalogue()).map((each) => ({ ...each, measured: [] }))

const place = { run: 'claims-defaults', workload: 'json', metric: 'capacity' } as const

const steps: readonly Step[] = [
  {
    name: 'workers',
    ...place,
    ours: {
      toggle: 'workers',
      replaces: 'two processes, in place of one',
      base: 'express:default',
      contender: 'gin:default',
    },
    theirs: {
      replaces: 'other workers',
      base: 'fastapi:default',
      contender: 'fastapi:tuned',
    },
  },
  {
    name: 'pool size',
    ...place,
    ours: {
      toggle: 'database-pool',
      replaces: 'fewer',
      base: 'express:default',
      contender: 'baseline+database-pool={"max":2}',
    },
    theirs: { none: 'no level of its own' },
  },
  { name: 'Redis', ...place, ours: { none: 'not built yet' }, theirs: { none: 'not built yet' } },
]

const page = (measured: MeasuredRuns): string =>
  renderParallel(
    measureParallel(steps, toggles, (quantity) => measureQuantity(quantity, measured)),
    runFacts(steps.flatMap(quantitiesOf), measured),
  )

const has = (t: Test, whole: string, ...lines: readonly string[]): void => {
  const present = whole.split('\n')
  for (const line of lines) t.ok(present.includes(line), line)
}

t.test('both effects of a step stand in one row', async (t) => {
  const whole = page(measuredAs(pageResult()))
  has(
    t,
    whole,
    '| workers | [workers](toggles.md#workers); two processes, in place of one; `express:default` → `gin:default` | 1.33 (1.30 to 1.37), indicative | ' +
      'other workers; `fastapi:default` → `fastapi:tuned`; counterpart: uvicorn --workers N, gunicorn -w 2n+1 | 2.00, indicative | requests/s, json |',
    '| Redis | not built yet | - | not built yet | - | - |',
    '### claims-defaults',
  )
  t.match(
    whole,
    /\| pool size \| .*the run has no number for .* no level of its own; counterpart: asyncpg/,
  )
})

t.test('before anything was measured', async (t) => {
  const whole = page({})
  t.match(whole, /\| workers \| .* \| not measured yet \| .* \| not measured yet \| requests/)
  t.match(whole, 'Not measured yet; this command does it:')
})

t.test('every toggle stands on the page once, with its counterpart or none', async (t) => {
  const whole = page({})
  for (const { name, counterpart } of toggles) {
    const rows = whole.split('\n').filter((line) => line.includes(`](toggles.md#${name})`))
    t.equal(rows.length, 1, name)
    t.ok(rows[0]?.includes(counterpart ?? '| none |'), `${name}: its counterpart`)
  }
})
