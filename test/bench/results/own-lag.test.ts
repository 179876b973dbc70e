/** Bounds of a percentile without the generator's own lag, against small histograms that can be counted by hand. */
import t from 'tap'
import { type AnswerTimes, latencyBounds } from '../../../bench/result/own-lag.ts'
import { Histogram } from '../../../bench/stats/histogram.ts'
import { histogramOf } from '../../helpers/histogram-of.ts'

type Samples = readonly (readonly [us: number, count: number])[]

const times = (
  service: Samples,
  latency: Samples,
  { dropped = 0, waited = 0 }: { readonly dropped?: number; readonly waited?: number } = {},
): AnswerTimes => ({
  service: Histogram.fromRecord(histogramOf(service)),
  latency: Histogram.fromRecord(histogramOf(latency)),
  dropped,
  waited,
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
  // Rank 1,980 + 9, rounded up, is the last of 300; one more is 900, and latency with the lag is 350.
  t.same(latencyBounds(times(service, latency, { waited: 9 }), 0.99), {
    leastUs: 300,
    mostUs: 300,
  })
  t.same(latencyBounds(times(service, latency, { waited: 10 }), 0.99), {
    leastUs: 300,
    mostUs: 350,
  })
  t.same(latencyBounds(times(service, latency, { waited: 21 }), 0.99), {
    leastUs: 300,
    mostUs: 350,
  })
})

t.test('a stall of the server is in the upper bound, however the requests waited', async (t) => {
  // 100 of 2,000 waited half a second for a connection and were answered as quickly as the others.
  const stalled: Samples = [
    [150, 1_870],
    [350, 20],
    [950, 10],
    [500_000, 100],
  ]
  const bounds = latencyBounds(times(service, stalled, { waited: 100 }), 0.99)
  t.equal(bounds?.leastUs, 300)
  t.ok(Math.abs((bounds?.mostUs ?? 0) / 500_000 - 1) <= 1 / 2_048, `${bounds?.mostUs}`)
})

t.test(
  'what was never sent counts as slowest, and beyond that there is no percentile',
  async (t) => {
    // Rank 0.99 x 2,010 = 1,990; 0.99 x 2,021 = 2,001 of 2,000.
    t.same(latencyBounds(times(service, latency, { dropped: 10 }), 0.99), {
      leastUs: 300,
      mostUs: 300,
    })
    t.equal(latencyBounds(times(service, latency, { dropped: 21 }), 0.99), undefined)
    // 5 dropped and 10 waited: rank 0.99 x (2,005 + 11) = 1,996 is 900, and latency with the lag is 350 at rank 1,985.
    t.same(latencyBounds(times(service, latency, { dropped: 5, waited: 10 }), 0.99), {
      leastUs: 300,
      mostUs: 350,
    })
  },
)

t.test('too few answers have no bounds', async (t) => {
  t.equal(latencyBounds(times([[100, 999]], [[150, 999]]), 0.99), undefined)
})
