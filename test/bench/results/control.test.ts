/** A run with a control: what a base that differs from itself does to the verdicts. */
import t from 'tap'
import { renderText } from '../../../bench/report/text.ts'
import { derive } from '../../../bench/result/derive.ts'
import type { Raw } from '../../../bench/results.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'
import { fakeRaw, fakeWindows, type Truth } from './fixtures/fake-run.ts'

const noise = [1.01, 0.99, 1.005, 0.995]
const truth = (contender: string, costNs: number, workload = 'json'): Truth => ({
  contender,
  workload,
  capacity: 1e9 / costNs,
  costNs,
  ...(contender === 'baseline' ? {} : { blockFactors: noise }),
})
const control = { id: 'baseline#control', of: 'baseline' }

/** `tuned` halves the cost; the control costs so much. */
const runWith = (controlCostNs: number, more: readonly Truth[] = []): Raw => ({
  ...fakeRaw(
    fakeWindows([
      truth('baseline', 40_000),
      truth('tuned', 20_000),
      truth(control.id, controlCostNs),
      ...more,
    ]),
  ),
  control,
})

t.test('a control that is level leaves everything as it is', async (t) => {
  const raw = runWith(40_000)
  const { controls, gates, comparisons, summaries, warnings } = derive(raw)
  // sd of ln 1.01, 0.99, 1.005, 0.995 is 0.00913; t(0.995, 3) = 5.841: +-0.0267 about the mean -6e-5.
  t.match(controls, [{ base: 'baseline', control: control.id, metric: 'cost', moved: false }])
  const [row] = controls ?? []
  t.ok(Math.abs((row?.ratio ?? 0) - 1) < 1e-3)
  t.ok(Math.abs(Math.log(row?.high ?? 0) - 0.0267) < 2e-4, `${row?.high}`)
  t.equal(row?.confidence, 0.99)
  t.match(
    gates.find(({ name }) => name === 'control'),
    {
      ok: true,
      detail: /^baseline against itself: at most json with 32 connections 1\.000 \(0\.97/,
    },
  )
  const without = derive({ ...raw, windows: raw.windows.filter((w) => w.contender !== control.id) })
  t.same(comparisons, without.comparisons, 'it is no member of the family')
  t.same(summaries, without.summaries, 'nor a contender')
  t.same(warnings, without.warnings)
})

t.test('a control that moved withholds the verdicts of its workload alone', async (t) => {
  const other = [truth('baseline', 40_000, 'queries'), truth('tuned', 20_000, 'queries')].map(
    (each) => ({ ...each, databaseCostNs: 1_000 }),
  )
  const level = { ...truth(control.id, 40_000, 'queries'), databaseCostNs: 1_000 }
  const { controls, gates, comparisons, warnings } = derive(runWith(44_000, [...other, level]))
  t.same(
    controls?.map(({ workload, moved, confidence }) => [workload, moved, confidence]),
    [
      ['json', true, 0.995],
      ['queries', false, 0.995],
    ],
    'Bonferroni over two cells',
  )
  const [json, queries] = ['json', 'queries'].map((workload) =>
    comparisons.find((each) => each.workload === workload && each.family !== undefined),
  )
  t.match(json, { verdict: 'unresolved', controlMoved: true, furtherBlocks: undefined })
  t.ok((json?.high ?? 1) < 0.6, 'the interval stays')
  t.match(queries, { verdict: 'better', controlMoved: undefined })
  t.match(
    gates.find(({ name }) => name === 'control'),
    { ok: false, detail: /^baseline against itself: json with 32 connections 1\.100 \(/ },
  )
  t.match(
    warnings.filter(({ code }) => code === 'CONTROL_MOVED'),
    [{ workload: 'json', message: /verdicts on json are withheld/ }],
  )
})

t.test('the control has to answer rightly too', async (t) => {
  const raw = runWith(40_000)
  const windows = raw.windows.map((window) =>
    window.contender === control.id ? { ...window, errors: { ...window.errors, body: 1 } } : window,
  )
  const { gates, warnings, controls } = derive({ ...raw, windows })
  t.ok(
    gates.some(({ name, ok, contender }) => name === 'errors' && !ok && contender === control.id),
  )
  t.ok(warnings.some(({ code, contender }) => code === 'CELL_ERRORS' && contender === control.id))
  t.same(controls, [])
})

t.test('a report says whether there was one, and never shows it as a contender', async (t) => {
  const text = (raw: Partial<Raw>): string =>
    renderText(fakeResult({ ...raw, gates: [] }), { colour: false }).replaceAll(/\s+/g, ' ')
  t.match(text({}), /control \(none\) ok/)
  const moved = text(runWith(44_000))
  t.match(moved, /^Control moved on json: the base differed from itself, so verdicts there are/)
  t.match(
    moved,
    /on json tuned against baseline is unresolved: [^;]*, withheld as the control moved\./,
  )
  t.match(moved, /unresolved \(control moved\) note A duplicate of baseline differs from it/)
  t.match(moved, /control \(baseline against itself: [^)]*\)[^)]*\) FAILED/)
  t.notMatch(moved, control.id)
})
