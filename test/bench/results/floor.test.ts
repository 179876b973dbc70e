import t from 'tap'
import { renderNoise } from '../../../bench/report/noise.ts'
import { deltaOn, type Noise, noiseOf, worstFloor } from '../../../bench/result/floor.ts'
import type { Result } from '../../../bench/results.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'
import { fakeContender, fakeHeader, fakeWindows } from './fixtures/fake-run.ts'

/** Eight blocks of one server against itself; the second varies by these factors. */
const again = (factors: readonly number[], state: Result['state'] = 'complete'): Result => {
  const truth = { contender: 'baseline', workload: 'json', capacity: 20_000, costNs: 40_000 }
  const second = { ...truth, contender: 'baseline#2', blockFactors: factors }
  return fakeResult({
    state,
    design: { ...fakeHeader().design, blocks: 8, indicative: false },
    contenders: [fakeContender('baseline'), fakeContender('baseline#2')],
    windows: fakeWindows([truth, second], factors.length),
  })
}
const narrow = [1.001, 0.999, 1.002, 0.998, 1, 1.001, 0.999, 1]
const wide = narrow.map((factor) => 1 + (factor - 1) * 40)

t.test('the floor is the end of the interval that is further from 1', async (t) => {
  const noise = noiseOf(again(narrow))
  t.match(noise, { contender: 'baseline', blocks: 8, firm: true, confidence: 0.95 })
  const cost = noise?.floors.find(({ metric }) => metric === 'cost')
  t.equal(cost?.deciding, true)
  const { low = 0, high = 0, floor = 0, halfWidth = 0 } = cost ?? {}
  t.ok(Math.abs(floor - Math.max(high, 1 / low) + 1) < 1e-12)
  t.ok(Math.abs(halfWidth - Math.sqrt(high / low) + 1) < 1e-12)
  t.equal(worstFloor(noise as Noise)?.metric, 'cost', 'capacity gives no verdict here')
})

t.test('the limit of "same" is 2 %, or a firm floor above it', async (t) => {
  t.equal(deltaOn(undefined), 0.02)
  const quiet = noiseOf(again(narrow)) as Noise
  t.equal(deltaOn(quiet), 0.02)
  const loud = noiseOf(again(wide)) as Noise
  t.equal(deltaOn(loud), worstFloor(loud)?.floor)
  t.ok(deltaOn(loud) > 0.02)
  const few = noiseOf(again(wide.slice(0, 4))) as Noise
  t.equal(few.firm, false)
  t.equal(deltaOn(few), 0.02, 'four blocks do not move it')
  t.equal(noiseOf(again(wide, 'partial'))?.firm, false, 'nor does half a run')
})

t.test('without an interval there is no floor', async (t) => {
  t.equal(noiseOf(again([1])), undefined)
})

t.test('the answer is a sentence', async (t) => {
  const render = (result: Result): string =>
    renderNoise(noiseOf(result) as Noise, { result: 'r.json', noise: 'n.json' }).replaceAll(
      /\s+/g,
      ' ',
    )
  t.match(
    render(again(narrow)),
    /^Two identical servers differ by up to 0\.\d % here \(CPU per request, own on json\); a difference below that is not shown\./,
  )
  t.match(render(again(narrow)), /"same" goes on to mean within 2 %/)
  t.match(render(again(wide)), /so on this machine "same" means within \d+(\.\d)? % in later runs/)
  t.match(render(again(wide.slice(0, 4))), /^Indicative \(4 blocks\): two identical servers/)
  t.match(render(again(narrow)), /half-width 0\.\d % .*kept n\.json result r\.json/)
})
