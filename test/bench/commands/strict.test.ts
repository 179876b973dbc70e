import t from 'tap'
import { assertGates } from '../../../bench/commands/bench.ts'
import { renderText } from '../../../bench/report/text.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'

const quiet = [0, 1].map((block) => ({
  block,
  workload: 'json',
  connections: 32,
  machineNs: 1e9,
  stealNs: 4e7,
  othersNs: 0,
}))

t.test(
  'with --strict a failed gate is an environment that is unfit, told with its numbers',
  async (t) => {
    t.doesNotThrow(() => assertGates(fakeResult()))
    t.throws(() => assertGates(fakeResult({ quiet })), {
      code: 'GATES_FAILED',
      failure: 'environment',
      message:
        /quiet \(steal at most 4 %, other processes at most 0 %; disturbed 2 of 2 blocks: 1, 2\)/,
    })
  },
)

t.test('a disturbed run is indicative however many blocks it has', async (t) => {
  const { design, windows } = fakeResult()
  const firm = {
    design: { ...design, blocks: 8, indicative: false },
    windows: [...windows, ...windows.map((window) => ({ ...window, block: window.block + 4 }))],
  }
  const text = (result: ReturnType<typeof fakeResult>): string =>
    renderText(result, { colour: false })
  t.match(text(fakeResult({ ...firm, quiet })), /^Indicative \(8 blocks\)/)
  t.match(text(fakeResult({ ...firm, quiet })), /quiet \(steal at most 4 %[^)]*\)\s+FAILED/)
  const still = quiet.map((each) => ({ ...each, stealNs: 0 }))
  t.notMatch(text(fakeResult({ ...firm, quiet: still })), /Indicative/)
  t.match(text(fakeResult({ ...firm, quiet: still })), /quiet \(steal at most 0 %[^)]*\)\s+ok/)
})
