/** The search for the highest rate, against servers that only have a formula. */
import t from 'tap'
import { createRandom } from '../../../bench/stats/random.ts'
import { type ProbeOutcome, rateSearch, type SearchEnd } from '../../../bench/stats/rate-search.ts'

/** Runs a whole search; also what it asked for, in whole requests per second. */
const search = (
  capacity: number,
  answer: (rate: number, probe: number) => ProbeOutcome,
): { readonly end: SearchEnd; readonly asked: number[] } => {
  const asked: number[] = []
  const steps = rateSearch(capacity)
  for (let step = steps.next(); ;) {
    if (step.done === true) return { end: step.value, asked }
    asked.push(Math.round(step.value))
    step = steps.next(answer(step.value, asked.length))
  }
}

const passed: ProbeOutcome = { reason: 'passed', near: false }
const slow: ProbeOutcome = { reason: 'latency', near: false }

t.test('a server that keeps the limit up to 5,000 requests/s', async (t) => {
  const { end, asked } = search(10_000, (rate) => (rate <= 5_000 ? passed : slow))
  // What fails is asked twice. Up: 2,500 x 1.5 x 1.5 = 5,625 fails. Halved: sqrt(3,750 * 5,625) = 4,593 passes, sqrt(4,593 * 5,625) = 5,083
  // fails, sqrt(4,593 * 5,083) = 4,832 passes (5,083 / 4,832 = 1.052), sqrt(4,832 * 5,083) = 4,956 passes.
  t.same(
    asked,
    [2_500, 3_750, 5_625, 5_625, 4_593, 5_083, 5_083, 4_832, 4_956, 4_956, 4_956, 4_956, 4_956],
  )
  t.match(end, { confirmed: 4, confirmations: 4, limitedBy: 'latency' })
  t.equal(end.refused, undefined)
  t.equal(end.ratePerSecond, end.bracketLow)
  t.ok((end.bracketHigh ?? 0) / (end.bracketLow ?? 1) <= 1.05)
  t.ok((end.bracketLow ?? 0) <= 5_000 && (end.bracketHigh ?? 0) > 5_000)
})

t.test('wherever the limit is, the answer is below it by 5 % at most', async (t) => {
  for (let truth = 250; truth < 19_000; truth *= 1.13) {
    const { end } = search(10_000, (rate) => (rate <= truth ? passed : slow))
    const rate = end.ratePerSecond ?? 0
    t.ok(rate <= truth && rate * 1.05 >= truth - 1e-9, `${rate} for ${truth}`)
  }
})

t.test('a server that never keeps it is asked less and less, then given up', async (t) => {
  const { end, asked } = search(10_000, () => slow)
  t.same([...new Set(asked)], [2_500, 1_667, 1_111, 741, 494, 329, 219])
  t.equal(asked.length, 14)
  t.equal(end.ratePerSecond, undefined)
  t.match(end, { limitedBy: 'latency', confirmations: 0 })
  t.equal(Math.round(end.refused ?? 0), 219, '"not even 219/s"')
})

t.test('a server that is fast until it can serve no more is limited by that', async (t) => {
  const { end } = search(10_000, (rate) =>
    rate <= 9_000 ? passed : { reason: 'rate', near: false },
  )
  t.equal(end.limitedBy, 'rate')
  t.ok((end.ratePerSecond ?? 0) > 8_500)
})

t.test('a limit that nothing breaks ends below five times the capacity', async (t) => {
  const { end, asked } = search(1_000, () => passed)
  t.same(asked.slice(0, 8), [250, 375, 563, 844, 1_266, 1_898, 2_848, 4_271])
  t.match(end, { confirmed: 4 })
  t.equal(end.limitedBy, undefined)
  t.equal(end.bracketHigh, undefined)
})

t.test('what is near, or fails, goes to the best of three', async (t) => {
  const near = (reason: ProbeOutcome['reason']): ProbeOutcome => ({ reason, near: true })
  const of = (first: readonly ProbeOutcome[]) =>
    search(10_000, (rate, probe) => first[probe - 1] ?? (rate <= 3_000 ? passed : slow)).asked
  t.same(of([near('passed'), near('latency'), passed]).slice(0, 4), [2_500, 2_500, 2_500, 3_750])
  t.same(of([near('latency'), near('passed'), slow]).slice(0, 4), [2_500, 2_500, 2_500, 1_667])
  t.same(
    of([near('passed'), passed]).slice(0, 3),
    [2_500, 2_500, 3_750],
    'two that agree are enough',
  )
  for (const reason of ['lag', 'latency', 'rate', 'errors'] as const) {
    const failed: ProbeOutcome = { reason, near: false }
    t.same(of([failed, passed, passed]).slice(0, 4), [2_500, 2_500, 2_500, 3_750], reason)
  }
  t.same(of([passed]).slice(0, 2), [2_500, 3_750], 'a clear pass is believed')
})

t.test('an answer that is not confirmed goes down by 5 % and is asked again', async (t) => {
  // The bracket ends at 4,956. Its first probe passed; of the confirmations two fail, which cannot be 4 of 5 any more.
  const { end, asked } = search(10_000, (rate, probe) =>
    rate > 5_000 || (probe > 9 && rate > 4_900) ? slow : passed,
  )
  t.same(asked.slice(9), [4_956, 4_956, 4_708, 4_708, 4_708, 4_708])
  t.match(end, { confirmed: 4, confirmations: 4, limitedBy: 'latency' })
  t.ok((end.ratePerSecond ?? 0) < (end.bracketLow ?? 0), 'and lies below the bracket')
  const one = search(10_000, (rate, probe) => (rate > 5_000 || probe === 11 ? slow : passed))
  t.match(one.end, { confirmed: 4, confirmations: 5 })
  const never = search(10_000, (rate, probe) => (rate > 5_000 || probe > 9 ? slow : passed))
  t.equal(never.end.ratePerSecond, undefined)
  t.equal(never.asked.length, 9 + 2 * 6)
  t.equal(Math.round(never.end.refused ?? 0), Math.round(4_956 * 0.95 ** 5))
})

t.test('with noise of 8 % in the latency most answers are near the truth', async (t) => {
  // p99 = 2 ms / (1 - rate / 10,000), within 8 ms up to 7,500 requests/s; each probe times exp(0.08 z).
  const random = createRandom(5)
  const noise = (): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
    return Math.exp(0.08 * radius * Math.cos(2 * Math.PI * random.next()))
  }
  const answers = Array.from({ length: 200 }, () => {
    const { end } = search(10_000, (rate) => {
      if (rate >= 9_900) return { reason: 'rate', near: false }
      const share = (2 / (1 - rate / 10_000) / 8) * noise()
      return { reason: share <= 1 ? 'passed' : 'latency', near: Math.abs(share - 1) <= 0.1 }
    })
    return end.ratePerSecond ?? 0
  })
  const within = answers.filter((rate) => rate >= 0.9 * 7_500 && rate <= 1.02 * 7_500)
  t.ok(within.length >= 190, `${within.length} of 200 within -10 % and +2 %`)
})

t.test('probes that something else has spoilt do not spoil the answer', async (t) => {
  // One probe in ten fails whatever the rate. By one look each, 4 in 10 searches would end far too low.
  const random = createRandom(9)
  const answers = Array.from({ length: 200 }, () => {
    const { end } = search(10_000, (rate) => (rate > 5_000 || random.next() < 0.1 ? slow : passed))
    return end.ratePerSecond ?? 0
  })
  const within = answers.filter((rate) => rate >= 0.9 * 5_000 && rate <= 5_000)
  t.ok(within.length >= 170, `${within.length} of 200 within -10 %`)
})
