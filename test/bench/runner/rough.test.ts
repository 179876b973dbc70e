/** When a block is worth further rounds. */
import t from 'tap'
import { isRough } from '../../../bench/runner/rough.ts'

/** One window of each arm in each round, with so much CPU time for a request. */
const windowsOf = (costs: Readonly<Record<string, readonly (number | null)[]>>) =>
  Object.entries(costs).flatMap(([contender, ofRounds]) =>
    ofRounds.map((cost, round) => ({
      contender,
      round,
      requests: 10,
      elapsedNs: 1_000,
      cpuNs: cost === null ? null : 10 * cost,
    })),
  )

t.test('a block is rough while the standard error of its mean log ratio is over 1 %', async (t) => {
  // Log ratios of +d and -d twice: sd = d x sqrt(4/3), standard error = d x sqrt(4/3) / 2 = 0.577 d.
  const differing = (d: number) =>
    windowsOf({ a: [100, 100, 100, 100], b: [d, -d, d, -d].map((log) => 100 * Math.exp(log)) })
  t.equal(isRough(differing(0.017), 'a'), false)
  t.equal(isRough(differing(0.018), 'a'), true)
})

t.test(
  'what all arms of a round share is no roughness, nor is a distance between them',
  async (t) => {
    t.equal(isRough(windowsOf({ a: [100, 200, 50], b: [300, 600, 150] }), 'a'), false)
  },
)

t.test('one rough arm is enough', async (t) => {
  const costs = { a: [100, 100, 100], b: [100, 100, 100], c: [100, 150, 90] }
  t.equal(isRough(windowsOf(costs), 'a'), true)
  t.equal(isRough(windowsOf({ a: costs.a, b: costs.b }), 'a'), false)
})

t.test('where CPU is not known the time of a request stands in', async (t) => {
  const windows = windowsOf({ a: [null, null], b: [null, null] })
  t.equal(isRough(windows, 'a'), false)
  const [first, ...rest] = windows
  t.equal(isRough([{ ...first!, elapsedNs: 2_000 }, ...rest], 'a'), true)
})

t.test('a contender alone, or one round, says nothing of roughness', async (t) => {
  t.equal(isRough(windowsOf({ a: [100, 200] }), 'a'), false)
  t.equal(isRough(windowsOf({ a: [100], b: [200] }), 'a'), false)
})
