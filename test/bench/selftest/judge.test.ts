import { join } from 'node:path'
import t from 'tap'
import {
  judgeRun,
  parseBudget,
  selftestCode,
  unplantedIn,
} from '../../../bench/commands/selftest.ts'
import { parseContenders } from '../../../bench/contenders/parse.ts'
import { renderSelftest } from '../../../bench/report/selftest.ts'
import type { Comparison } from '../../../bench/results.ts'
import { amountsFor, judgePlant, type Outcome, plants } from '../../../bench/selftest/judge.ts'
import { writePlanted } from '../../../bench/selftest/planted.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'
import { fakeContender, fakeHeader, fakeWindows } from '../results/fixtures/fake-run.ts'

const [nothing, cpu, , waiting] = plants as [
  (typeof plants)[number],
  (typeof plants)[number],
  (typeof plants)[number],
  (typeof plants)[number],
]
const [some] = fakeResult().comparisons as [Comparison]
const seen = (verdict: Comparison['verdict'], detectable = 0.01): Comparison => ({
  ...some,
  verdict,
  detectable,
})
const outcome = (
  plant: (typeof plants)[number],
  comparison: Comparison | undefined,
  disturbed = false,
): Outcome => judgePlant(plant, comparison, disturbed).outcome

t.test('the amounts make the shares of what a request takes', async (t) => {
  // 2 connections at 20,000 requests/s: 0.1 ms each; a tenth of it is 1 ms for each hundredth.
  t.same(amountsFor({ costNs: 14_000, capacity: 20_000 }), {
    nothing: 0,
    cpu: 420,
    memory: 420,
    waiting: 100,
  })
  t.equal(amountsFor({ costNs: 1e6, capacity: 100 }).waiting, 1, 'a slow server: each request')
})

t.test('what was planted is found, in the right direction', async (t) => {
  t.equal(outcome(cpu, seen('worse')), 'found')
  t.equal(outcome(cpu, seen('slightly worse')), 'found')
  t.equal(outcome(cpu, seen('better')), 'missed')
  t.equal(judgePlant(cpu, seen('worse'), false).expected, 1.03)
  t.equal(judgePlant(waiting, seen('worse'), false).expected, 1 / 1.1)
})

t.test('a miss is a fault only where the machine was quiet enough to see it', async (t) => {
  t.equal(outcome(cpu, seen('unresolved', 0.019)), 'missed')
  t.equal(outcome(cpu, seen('unresolved', 0.021)), 'too noisy')
  t.equal(outcome(cpu, seen('same', 0.001), true), 'too noisy', 'disturbed')
  t.equal(outcome(cpu, undefined), 'too noisy')
  const { low: _low, high: _high, detectable: _detectable, ...bare } = some
  t.equal(outcome(cpu, { ...bare, verdict: 'unresolved' }), 'too noisy', 'one block')
})

t.test('where nothing was planted the bench must be silent', async (t) => {
  t.equal(outcome(nothing, seen('same')), 'silent')
  t.equal(outcome(nothing, seen('unresolved', 0.5)), 'silent')
  t.equal(outcome(nothing, seen('slightly better')), 'false alarm')
  t.equal(outcome(nothing, seen('worse'), true), 'too noisy')
})

t.test('the exit code: wrong before noisy before well', async (t) => {
  const report = (...outcomes: readonly Outcome[]) =>
    outcomes.map((each) => ({ ...judgePlant(cpu, seen('worse'), false), outcome: each }))
  t.equal(selftestCode(report('found', 'silent')), 0)
  t.equal(selftestCode(report('found', 'too noisy')), 3)
  t.equal(selftestCode(report('too noisy', 'missed')), 6)
  t.equal(selftestCode(report('false alarm')), 6)
})

/** A run of a server, its twin and one with so much more CPU time per request. */
const planted = (share: number) => {
  const truth = { contender: 'p:nothing', workload: 'json', capacity: 20_000, costNs: 40_000 }
  const factors = [1, 1.001, 0.999, 1.0005]
  return fakeResult({
    design: fakeHeader().design,
    contenders: ['p:nothing', 'p:nothing#2', 'p:cpu'].map((id) => fakeContender(id, 'peer')),
    windows: fakeWindows([
      truth,
      { ...truth, contender: 'p:nothing#2', blockFactors: factors },
      { ...truth, contender: 'p:cpu', costNs: 40_000 * (1 + share), blockFactors: factors },
    ]),
  })
}
const ids = { nothing: 'p:nothing#2', cpu: 'p:cpu', memory: '', waiting: '' }

t.test('a whole run is judged from its comparisons', async (t) => {
  const reports = judgeRun(planted(0.03), [nothing, cpu], (kind) => ids[kind])
  t.same(
    reports.map(({ outcome }) => outcome),
    ['silent', 'found'],
  )
  const text = renderSelftest(reports, ['r.json'])
  t.match(text, /^The bench finds what was planted, and says nothing where there is nothing\./)
  t.match(text, /3 % more CPU time +CPU per request, 32 connections +1\.0\d\d \(.*planted 1\.030/)
  const missed = judgeRun(planted(0), [nothing, cpu], (kind) => ids[kind])
  t.same(
    missed.map(({ outcome }) => outcome),
    ['silent', 'missed'],
  )
  t.match(
    renderSelftest(missed, []).replaceAll(/\s+/g, ' '),
    /^The bench was wrong here about: cpu/,
  )
})

t.test('nothing is planted before the server without a load was measured', async (t) => {
  const summary = { workload: 'json', contender: 'p', unit: 'x' }
  const cost = { ...summary, metric: 'cost', point: { connections: 32 }, value: 14_000 } as const
  const capacity = {
    ...summary,
    metric: 'capacity',
    point: { connections: 2 },
    value: 9_000,
  } as const
  t.same(unplantedIn({ summaries: [cost, capacity] }), { costNs: 14_000, capacity: 9_000 })
  t.throws(() => unplantedIn({ summaries: [cost] }), {
    code: 'SELFTEST_UNMEASURED',
    failure: 'invalid',
  })
  t.throws(() => parseBudget('20s'), { code: 'BUDGET_TOO_SMALL', failure: 'usage' })
  t.equal(parseBudget('2m'), 120_000)
})

t.test('the planted servers are a peer that the bench can read', async (t) => {
  const wordOf = await writePlanted(join(t.testdir(), 'planted'), {
    nothing: 0,
    cpu: 420,
    memory: 420,
    waiting: 90,
  })
  const contenders = await parseContenders([
    wordOf('nothing'),
    wordOf('nothing'),
    wordOf('waiting'),
  ])
  t.match(
    contenders.map(({ id }) => id.split(':').at(-1)),
    ['nothing', 'nothing#2', 'waiting'],
  )
  t.match(contenders[2], { kind: 'peer', endpoints: ['json'], fresh: true })
})
