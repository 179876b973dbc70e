/** What the doctor says of a core whose speed changes. */
import t from 'tap'
import { judgeCoreSpeed, timeSlices } from '../../../bench/doctor/core-speed.ts'

t.test('a core that works evenly is well, whatever a rare interruption took', async (t) => {
  const timesMs = [...Array.from({ length: 99 }, (_, index) => 1 + index / 1_000), 40]
  t.match(judgeCoreSpeed(timesMs), { state: 'ok', found: /1\.08 times/ })
})

t.test('one that is slower for a part of the time is named with the cure', async (t) => {
  const timesMs = Array.from({ length: 100 }, (_, index) => (index < 80 ? 1 : 1.5))
  const { state, found, cure } = judgeCoreSpeed(timesMs)
  t.equal(state, 'note')
  t.match(found, /1\.50 times/)
  t.match(cure, /--budget/)
})

t.test('each slice is timed from its own start', async (t) => {
  let clockMs = 0
  const timesMs = timeSlices(() => (clockMs += 2))
  t.ok(timesMs.length > 1_000)
  t.ok(timesMs.every((timeMs) => timeMs === 2))
})
