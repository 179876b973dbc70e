/** The gate `plateau`: requests per second at twice the connections. */
import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import type { PlateauWindow, Raw } from '../../../bench/results.ts'
import { fakeRaw, fakeWindows } from './fixtures/fake-run.ts'

const truth = { contender: 'baseline', workload: 'json', capacity: 10_000, costNs: 50_000 }

/**
 * The windows at 64 connections after the first of three rounds, by the gain of each block. Drift makes rounds 1.0,
 * 1.2 and 1.4 times as fast, so that half-way between the first two it is the root of 1.2.
 */
const plateauOf = (gains: readonly number[]): PlateauWindow[] => {
  const drift = Math.sqrt(1.2)
  return fakeWindows([truth], gains.length, 1).map((window) => ({
    ...window,
    connections: 64,
    stated: 32,
    elapsedNs: window.elapsedNs / (gains[window.block]! * drift),
  }))
}

const runWith = (gains: readonly number[], change: Partial<Raw> = {}) =>
  derive({ ...fakeRaw(fakeWindows([truth])), plateau: plateauOf(gains), ...change })

const gateOf = ({ gates }: ReturnType<typeof derive>) =>
  gates.find(({ name }) => name === 'plateau')

t.test('fails only when the interval shows more than 3 %', async (t) => {
  const failed = runWith([1.06, 1.05, 1.06, 1.05])
  t.match(gateOf(failed), { ok: false, limit: 0.03, contender: 'baseline', connections: 32 })
  // Mean of ln 0.05353, sd 0.0055, t(0.975, 3) = 3.182: +-0.0087, so 1.046 at least.
  t.ok(Math.abs((gateOf(failed)?.value ?? 0) - 0.0458) < 5e-4, `${gateOf(failed)?.value}`)
  t.match(
    failed.warnings.find(({ code }) => code === 'NO_PLATEAU')?.message,
    /^baseline on json serves 1\.05 \(1\.05 to 1\.06\) times as many requests\/s with 64 connections as with 32 connections/,
  )
  const wide = runWith([1.2, 0.95, 1.2, 0.95])
  t.match(gateOf(wide), { ok: true, value: 0 }, 'a wide one shows nothing')
  t.notOk(wide.warnings.some(({ code }) => code === 'NO_PLATEAU'))
  const level = gateOf(runWith([1.01, 1.01, 1.012, 1.01]))
  t.match(level, { ok: true, detail: /^with 64 connections 1\.01 / })
})

t.test('is part of nothing else', async (t) => {
  const { gates, warnings, ...numbers } = runWith([1, 1, 1, 1])
  const { gates: _gates, warnings: _warnings, ...without } = runWith([], { plateau: [] })
  t.same(numbers, without)
  t.equal(gates.filter(({ name }) => name === 'plateau').length, 1)
  t.same(warnings, _warnings)
})

t.test('is not asked where nothing can be said', async (t) => {
  t.equal(gateOf(runWith([1.1])), undefined, 'one block has no interval')
  t.equal(gateOf(derive(fakeRaw(fakeWindows([truth])))), undefined, 'older files')
  const busy = fakeWindows([{ ...truth, generatorShare: 0.99 }])
  t.equal(gateOf(runWith([1, 1], { windows: busy })), undefined, 'the generator was the limit')
  const plateau = plateauOf([1, 1, 1, 1]).map((window) => ({
    ...window,
    errors: { ...window.errors, socket: 1 },
  }))
  t.equal(gateOf(runWith([], { plateau })), undefined, 'answers failed')
})
