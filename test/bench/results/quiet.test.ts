import t from 'tap'
import { derive } from '../../../bench/result/derive.ts'
import { quietBlocks, quietGates } from '../../../bench/result/quiet.ts'
import type { Quiet } from '../../../bench/results.ts'
import { fakeRaw, fakeWindows } from './fixtures/fake-run.ts'

/** A block of one cell that the machine gave 10 s. */
const block = (index: number, stealShare: number, othersShare?: number): Quiet => ({
  block: index,
  workload: 'json',
  connections: 32,
  machineNs: 10e9,
  stealNs: stealShare * 10e9,
  ...(othersShare === undefined ? {} : { othersNs: othersShare * 10e9 }),
})

t.test('a block is disturbed when steal or other processes are over their limit', async (t) => {
  const quiet = [block(0, 0.02, 0.05), block(1, 0.021, 0), block(2, 0, 0.051)]
  t.same(
    quietBlocks({ quiet }).map(({ disturbed }) => disturbed),
    [false, true, true],
  )
})

t.test('the cells of a block are taken together', async (t) => {
  const quiet = [block(0, 0.03, 0.01), { ...block(0, 0, 0.03), workload: 'db' }]
  const [first] = quietBlocks({ quiet })
  t.match(first, { block: 0, stealShare: 0.015, disturbed: false })
  t.ok(Math.abs((first?.othersShare ?? 0) - 0.02) < 1e-12)
})

t.test('a quarter of the blocks may be disturbed, and their numbers are told', async (t) => {
  const three = [block(0, 0, 0), block(1, 0.001, 0.002), block(2, 0, 0.004)]
  const [passed] = quietGates({ quiet: [...three, block(3, 0.05, 0.031)] })
  t.match(passed, { name: 'quiet', ok: true, value: 0.25, limit: 0.25 })
  t.equal(
    passed?.detail,
    'steal at most 5 %, other processes at most 3.1 %; disturbed 1 of 4 blocks: 4',
  )
  const [failed] = quietGates({ quiet: [...three.slice(1), block(3, 0, 0.3)] })
  t.match(failed, { ok: false })
})

t.test('pressure is told and fails nothing, a checkpoint disturbs its block', async (t) => {
  const pressure = { someNs: 8e9, elapsedNs: 10e9 }
  const [pressed] = quietGates({ quiet: [{ ...block(0, 0, 0), pressure }] })
  t.match(pressed, { ok: true, detail: 'steal 0 %, other processes 0 %, CPU pressure 80 %' })
  const checkpoints = { timed: 0, requested: 1 }
  const [written] = quietGates({ quiet: [{ ...block(0, 0, 0), checkpoints }, block(1, 0, 0)] })
  t.match(written, {
    ok: false,
    detail:
      'steal at most 0 %, other processes at most 0 %, the database wrote checkpoints in blocks 1; disturbed 1 of 2 blocks: 1',
  })
})

t.test('what is not known is not guessed', async (t) => {
  t.same(quietGates({}), [], 'nothing was watched')
  t.same(quietGates({ quiet: [{ ...block(0, 0, 0), machineNs: 0 }] }), [], 'no time went by')
  const [gate] = quietGates({ quiet: [block(0, 0.01)] })
  t.match(gate, { ok: true, detail: 'steal 1 %, other processes unknown' })
})

t.test('a disturbed run has a warning with the numbers and the limits', async (t) => {
  const truth = { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 40_000 }
  const raw = { ...fakeRaw(fakeWindows([truth])), quiet: [block(0, 0, 0.4), block(1, 0, 0.01)] }
  const { warnings, gates } = derive(raw)
  t.match(
    warnings.find(({ code }) => code === 'DISTURBED')?.message,
    /other processes at most 40 %; disturbed 1 of 2 blocks: 1; limits in a block: steal 2 %, other processes 5 %/,
  )
  t.ok(gates.some(({ name, ok }) => name === 'quiet' && !ok))
  t.notOk(derive(fakeRaw(fakeWindows([truth]))).gates.some(({ name }) => name === 'quiet'))
})
