import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { countLedger } from '../../../bench/ledger/count.ts'
import { needName, needs, nextNeed } from '../../../bench/ledger/next.ts'
import {
  appendEntry,
  entryOf,
  type LedgerEntry,
  ledgerFile,
  readLedger,
} from '../../../bench/ledger.ts'
import { renderLedger } from '../../../bench/report/ledger.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'

const entry: LedgerEntry = {
  runId: 'run',
  measuredAt: '2026-11-27T00:00:00.000Z',
  kind: 'same',
  planted: 0,
  workload: 'json',
  connections: 32,
  metric: 'cost',
  ratio: 1,
  low: 0.98,
  high: 1.02,
  confidence: 0.95,
  verdict: 'same',
  blocks: 4,
  budgetMs: 60_000,
  windowMs: 25,
  seed: 1,
  disturbed: false,
  cpu: 'x',
  cores: 2,
  node: 'v26.0.0',
}

t.test('lines are added and read again, oldest first', async (t) => {
  const file = join(t.testdir(), 'ledger.jsonl')
  t.strictSame(await readLedger(file), [], 'none yet')
  const later = { ...entry, runId: 'later', kind: 'planted' as const, planted: 0.03 }
  await appendEntry(entry, file)
  await appendEntry(later, file)
  t.strictSame(await readLedger(file), [entry, later])
})

t.test('a line that is no entry is refused with its number', async (t) => {
  const file = join(t.testdir(), 'ledger.jsonl')
  for (const bad of ['{', JSON.stringify({ ...entry, low: 'x' })]) {
    writeFileSync(file, `${JSON.stringify(entry)}\n${bad}\n`)
    await t.rejects(readLedger(file), { code: 'LEDGER_CORRUPT', message: /line 2 is no entry/ })
  }
})

t.test('the ledger that is kept can be read', async (t) => {
  t.ok(Array.isArray(await readLedger(ledgerFile)))
})

t.test('an entry tells what the verdict of a run is read from', async (t) => {
  const result = fakeResult()
  const made = entryOf(result, { kind: 'planted', planted: 0.03 })
  const { name, primary } = result.design.workloads[0] ?? {}
  t.match(made, { kind: 'planted', planted: 0.03, workload: name, metric: primary })
  t.equal(entryOf({ ...result, comparisons: [] }, entry), undefined, 'nothing without an interval')
})

t.test('seen, missed and claimed are counted by what was planted', async (t) => {
  const planted = { ...entry, kind: 'planted' as const, planted: 0.03, verdict: 'worse' }
  const counts = countLedger([
    entry,
    { ...entry, low: 1.01, high: 1.04, verdict: 'slightly worse' },
    { ...entry, low: 0.95, high: 0.999, verdict: 'slightly better', disturbed: true },
    { ...entry, low: 0.9, high: 1.2, verdict: 'unresolved' },
    { ...planted, low: 1.01, high: 1.05 },
    { ...planted, low: 1.04, high: 1.06 },
    { ...planted, low: 0.99, high: 1.02, verdict: 'unresolved' },
    { ...planted, low: 0.9, high: 0.98, verdict: 'better' },
  ])
  t.match(counts, [
    { kind: 'same', runs: 4, seen: 2, missedTruth: 2, claimed: 2, disturbed: 1 },
    // A difference in the wrong direction is not what was planted.
    { kind: 'planted', runs: 4, seen: 2, missedTruth: 3, claimed: 3, disturbed: 0 },
  ])
  // Clopper and Pearson, 2 of 4: B(0.025; 2, 3) = 0.0676 and B(0.975; 3, 2) = 0.9324.
  t.match(counts[0]?.seenShare, { share: 0.5 })
  t.ok(Math.abs((counts[0]?.seenShare.low ?? 0) - 0.0676) < 1e-4)
  t.ok(Math.abs((counts[0]?.seenShare.high ?? 0) - 0.9324) < 1e-4)
  // Half-widths of 0.95 to 0.999 and 1.01 to 1.04: sqrt(0.999 / 0.95) - 1 = 0.0255, sqrt(1.04 / 1.01) - 1 = 0.0147,
  // 0.98 to 1.02: 0.0202, 0.9 to 1.2: 0.1547; the median lies between 0.0202 and 0.0255.
  t.ok(Math.abs((counts[0]?.halfWidth ?? 0) - 0.02285) < 1e-4)
  const table = renderLedger(counts)
  t.match(table, '| json: a server against itself | 4 | 2 (6.8 to 93.2 %) |')
  t.match(table, '| json: 3 % planted | 4 | 2 ')
  t.match(renderLedger([]), /no runs/)
})

t.test('the kind of run that is furthest behind comes next', async (t) => {
  const entries: LedgerEntry[] = []
  for (let count = 0; count < 190; count++) {
    const need = nextNeed(entries)
    if (need === undefined) break
    entries.push({ ...entry, kind: need.kind, planted: need.planted, workload: need.workload })
  }
  for (const need of needs) {
    const { kind, planted, workload, wanted } = need
    const count = entries.filter(
      (each) => each.kind === kind && each.planted === planted && each.workload === workload,
    ).length
    t.equal(count, wanted, needName(need))
  }
  t.equal(nextNeed([], []), undefined)
})
