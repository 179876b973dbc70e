/** Bounds of a percentile without the generator's own lag, against small histograms that can be counted by hand. */
import t from 'tap'
import { type AnswerTimes, latencyBounds } from '../../../bench/result/own-lag.ts'
import { Histogram } from '../../../bench/stats/histogram.ts'
import { histogramOf } from '../../helpers/histogram-of.ts'

type Samples = readonly (readonly [us: number, count: number])[]

const times = (
  service: Samples,
  latency: Samples,
  {
    lag = [[50, 2_000]],
    dropped = 0,
    waited = 0,
  }: { readonly lag?: Samples; readonly dropped?: number; readonly waited?: number } = {},
): AnswerTimes => ({
  service: Histogram.fromRecord(histogramOf(service)),
  latency: Histogram.fromRecord(histogramOf(latency)),
  lag: Histogram.fromRecord(histogramOf(lag)),
  dropped,
  waited,
  lateAlthoughIdle: 0,
})

/** Of 2,000 answers 1,970 took 100 µs, 20 took 300 and 10 took 900; all were sent 50 µs late. */
const service: Samples = [
  [100, 1_970],
  [300, 20],
  [900, 10],
]
const latency: Samples = service.map(([us, count]) => [us + 50, count])

t.test('where nobody waited both bounds are the time from sending', async (t) => {
  // Rank 1,980.
  t.same(latencyBounds(times(service, latency), 0.99), { leastUs: 300, mostUs: 300 })
  t.same(latencyBounds(times(service, latency), 0.5), { leastUs: 100, mostUs: 100 })
})

t.test('those that waited move the upper bound up, as far as latency with the lag', async (t) => {
  const of = (waited: number) => latencyBounds(times(service, latency, { waited }), 0.99)
  // Rank 1,980 + 10 is the last of 300; one more is 900, and latency with the lag is 350.
  t.same(of(10), { leastUs: 300, mostUs: 300 })
  t.same(of(11), { leastUs: 300, mostUs: 350 })
  t.same(of(21), { leastUs: 300, mostUs: 350 })
})

/** 100 of 2,000 waited half a second for a connection and were answered as quickly as the others. */
const stalled: Samples = [
  [150, 1_870],
  [350, 20],
  [950, 10],
  [500_000, 100],
]
const isNear = (us: number | undefined, expectedUs: number): boolean =>
  us !== undefined && Math.abs(us / expectedUs - 1) <= 1 / 1_024

t.test('a stall of the server is in both bounds, however the requests waited', async (t) => {
  const lag: Samples = [
    [50, 1_900],
    [499_900, 100],
  ]
  // Nobody was more than 1 ms late by the generator's doing: latency less that, at most.
  const bounds = latencyBounds(times(service, stalled, { lag, waited: 100 }), 0.99)
  t.ok(isNear(bounds?.mostUs, 500_000), `${bounds?.mostUs}`)
  t.ok(isNear(bounds?.leastUs, 499_000), `${bounds?.leastUs}`)
})

t.test('requests that the generator sent late are in no bound but the upper one', async (t) => {
  // As before, but 90 of the 100 left late with a connection idle: 10 that waited are 1 in 200, the 20th is one of 300 µs.
  const lag: Samples = [
    [50, 1_900],
    [499_900, 100],
  ]
  const bounds = latencyBounds(times(service, stalled, { lag, waited: 10 }), 0.99)
  t.same(bounds, { leastUs: 300, mostUs: 300 })
  // Of 30 that waited there is no S at 2,010. But L at 1,980 - 70 is still one of 500 ms, and no more than 1 ms of it is lag.
  const unknown = latencyBounds(times(service, stalled, { lag, waited: 30 }), 0.99)
  t.ok(isNear(unknown?.mostUs, 500_000), `${unknown?.mostUs}`)
  t.ok(isNear(unknown?.leastUs, 499_000), `${unknown?.leastUs}`)
  // Of 19 that waited: S at 1,999 is 900; L at 1,980 - 81 is 950, and 90 less is the best lower bound that is tried.
  const fewer = latencyBounds(times(service, stalled, { lag, waited: 19 }), 0.99)
  t.same(fewer, { leastUs: 860, mostUs: 900 })
})

t.test(
  'what was never sent counts as slowest, and beyond that there is no percentile',
  async (t) => {
    const of = (dropped: number, waited: number) =>
      latencyBounds(times(service, latency, { dropped, waited }), 0.99)
    // Rank 0.99 x 2,010 = 1,990; 0.99 x 2,021 = 2,001 of 2,000.
    t.same(of(10, 0), { leastUs: 300, mostUs: 300 })
    t.equal(of(21, 0), undefined)
    // Rank 0.99 x 2,005 = 1,985; 10 more is 900, and latency with the lag is 350 at 1,985.
    t.same(of(5, 10), { leastUs: 300, mostUs: 350 })
  },
)

t.test('too few answers have no bounds', async (t) => {
  t.equal(latencyBounds(times([[100, 999]], [[150, 999]]), 0.99), undefined)
})
