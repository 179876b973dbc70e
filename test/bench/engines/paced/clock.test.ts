import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { ProcessClock, waitFor } from '../../../../bench/engines/built-in/paced/clock.ts'

t.test('far from the time a timer sleeps, and leaves some of it', async (t) => {
  t.strictSame(waitFor(195_000, false), { by: 'timer', forMs: 193 })
  t.strictSame(waitFor(2_500, true), { by: 'timer', forMs: 1 })
})

t.test('near to it the thread naps unless an answer may come in', async (t) => {
  t.strictSame(waitFor(2_499, true), { by: 'nap', forMs: 2.249 })
  t.strictSame(waitFor(2_499, false), { by: 'spin' })
  t.strictSame(waitFor(399, true), { by: 'spin' })
  t.strictSame(waitFor(1, true), { by: 'spin' })
  t.strictSame(waitFor(0, true), { by: 'none' })
  t.strictSame(waitFor(-5, false), { by: 'none' })
})

t.test('an alarm never wakes before its time, however it waits', async (t) => {
  const clock = new ProcessClock()
  for (const quiet of [true, false])
    for (const aheadUs of [-10, 0, 200, 1_200, 6_000]) {
      const atUs = clock.nowUs() + aheadUs
      await new Promise<void>((resolve) =>
        clock.wakeAt(
          atUs,
          () => quiet,
          () => resolve(),
        ),
      )
      t.ok(clock.nowUs() >= atUs, `${aheadUs} µs ahead, ${quiet ? 'quiet' : 'busy'}`)
    }
})

t.test('an alarm does not wake within the call that sets it', async (t) => {
  const clock = new ProcessClock()
  let woken = 0
  const wake = () => void woken++
  clock.wakeAt(0, () => true, wake)
  t.equal(woken, 0, 'so that answers are read between two sends')
  await turn()
  await turn()
  t.equal(woken, 1)
})

t.test('an alarm that was replaced or taken back does not wake', async (t) => {
  const clock = new ProcessClock()
  const woken: string[] = []
  const set = (name: string, aheadUs: number) =>
    clock.wakeAt(
      clock.nowUs() + aheadUs,
      () => false,
      () => void woken.push(name),
    )
  set('by timer', 3_000)
  set('by spinning', 1_000)
  await new Promise<void>((resolve) => clock.wakeAt(clock.nowUs() + 5_000, () => false, resolve))
  set('taken back', 500)
  clock.cancel()
  for (const until = clock.nowUs() + 2_000; clock.nowUs() < until;) await turn()
  t.strictSame(woken, [])
})
