import t from 'tap'
import { createSpin, createWalk, unitNs, workFor } from '../../../bench/selftest/loads.ts'

/** A clock that only work moves, by so much per unit. */
const world = (perUnitNs: number) => {
  let nowNs = 0
  const calls: number[] = []
  return {
    calls,
    work: (units: number): void => {
      calls.push(units)
      nowNs += units * perUnitNs
    },
    cpuNs: (): number => nowNs,
  }
}

t.test('a unit is timed over a stretch that the clock can see', async (t) => {
  const { work, cpuNs, calls } = world(25)
  t.equal(unitNs(work, cpuNs), 25)
  t.ok(calls.reduce((sum, units) => sum + units, 0) * 25 >= 30e6)
})

t.test(
  'a stretch that began before the loop was compiled does not make a unit dearer',
  async (t) => {
    let nowNs = 0
    let done = 0
    const work = (units: number): void => {
      for (let unit = 0; unit < units; unit++) nowNs += ++done > 1_500_000 ? 25 : 100
    }
    t.equal(
      unitNs(work, () => nowNs),
      25,
    )
  },
)

t.test('what is left of a unit is carried over, so that the mean is the amount', async (t) => {
  const { work, cpuNs, calls } = world(60)
  const perRequest = workFor(work, 420 + 15, cpuNs)
  calls.length = 0
  for (let request = 0; request < 400; request++) perRequest()
  t.same(
    [...new Set(calls)].toSorted((one, other) => one - other),
    [7, 8],
    '7.25 units each',
  )
  t.equal(
    calls.reduce((sum, units) => sum + units, 0),
    400 * 7.25,
  )
})

t.test('nothing is done for nothing', async (t) => {
  const { work, cpuNs, calls } = world(60)
  const perRequest = workFor(work, 0, cpuNs)
  calls.length = 0
  perRequest()
  t.same(calls, [0])
})

t.test('a walk meets every cache line before it meets one again', async (t) => {
  const bytes = new Uint8Array(64 * 1_024)
  createWalk(bytes)(1_024)
  t.ok(bytes.every((byte, index) => byte === (index % 64 === 0 ? 1 : 0)))
  createSpin()(10)
})
