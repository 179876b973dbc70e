import t from 'tap'
import {
  fewestSamples,
  Histogram,
  largestUs,
  samplesNeeded,
} from '../../../bench/stats/histogram.ts'
import { estimateMean } from '../../../bench/stats/interval.ts'
import { createRandom } from '../../../bench/stats/random.ts'
import { createDraws, holds } from './fixtures/simulate.ts'

const histogramOf = (values: readonly number[]): Histogram => {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}
/** What a histogram gives back for a value that it holds alone. */
const kept = (value: number) => histogramOf([value]).valueAtRank(1)

await t.test('values below 2,048 µs are kept exactly', async (t) => {
  for (const value of [0, 1, 999, 1023, 1024, 2047]) t.equal(kept(value), value)
})

await t.test('larger values come back as the middle of their counter', async (t) => {
  // 2,048 = 2^11: one bit is cut, so 2,048 and 2,049 share a counter with the middle 2,048 + 1.
  t.equal(kept(2048), 2049)
  t.equal(kept(2049), 2049)
  t.equal(kept(2050), 2051)
  // 100,000 lies in [2^16, 2^17): 6 bits are cut; floor(100,000 / 64) = 1,562; 1,562 * 64 + 32 = 100,000.
  t.equal(kept(100_000), 100_000)
  t.equal(kept(99_968), 100_000, 'the lowest of that counter')
  t.equal(kept(100_031), 100_000, 'the highest')
  t.equal(kept(100_032), 100_064, 'the next counter')
  // 2^32 - 1: 21 bits are cut; 2,047 * 2^21 + 2^20 = 4,293,918,720.
  t.equal(kept(largestUs), 4_293_918_720)
})

await t.test('no value is moved by more than 1/2,048 of it', async (t) => {
  const random = createRandom(11)
  let worst = 0
  for (let sample = 0; sample < 2_000; sample++) {
    const value = Math.floor(2 ** (random.next() * 32))
    worst = Math.max(worst, Math.abs((kept(value) ?? Number.NaN) - value) / Math.max(1, value))
  }
  t.ok(worst <= 1 / 2048, `${worst}`)
  t.ok(worst > 0.8 / 2048, 'and the bound is near')
})

await t.test('a quantile is the sample of rank ceil(q * count)', async (t) => {
  // 1 … 1,000 in any order: rank 500 is 500, rank 900 is 900, and 0.123 * 1,000 = 123.
  const histogram = histogramOf(
    createRandom(1).shuffle(Array.from({ length: 1000 }, (_, i) => i + 1)),
  )
  t.equal(histogram.count, 1000)
  t.equal(histogram.quantile(0), 1)
  t.equal(histogram.quantile(0.5), 500)
  t.equal(histogram.quantile(0.5005), 501)
  t.equal(histogram.quantile(0.123), 123)
  t.equal(histogram.quantile(0.9), 900)
  t.equal(histogram.valueAtRank(1000), 1000)
  t.equal(histogram.valueAtRank(2000), 1000)
  t.equal(histogram.valueAtRank(0), 1)
  // 0.07 * 100 is 7.000000000000001 in binary, and still means the seventh.
  t.equal(histogramOf(Array.from({ length: 200 }, (_, i) => i + 1)).quantile(0.07), 14)
})

await t.test('a quantile needs 100 / (1 - q) samples', async (t) => {
  t.strictSame([0, 0.5, 0.9, 0.99, 0.999].map(samplesNeeded), [100, 200, 1_000, 10_000, 100_000])
  t.strictSame([0.5, 0.99].map(fewestSamples), [20, 1_000])
  const histogram = histogramOf(Array.from({ length: 9_999 }, () => 7))
  t.equal(histogram.quantile(0.99), undefined)
  histogram.record(7)
  t.equal(histogram.quantile(0.99), 7)
  t.equal(histogram.quantile(0.999), undefined)
  t.equal(new Histogram().quantile(0.5), undefined)
  t.equal(new Histogram().valueAtRank(1), undefined)
})

await t.test('what is no share or no whole number of microseconds is an error', async (t) => {
  const histogram = histogramOf([1])
  for (const q of [-0.1, 1, Number.NaN]) t.throws(() => histogram.quantile(q), RangeError)
  for (const value of [-1, 0.5, 2 ** 32, Number.NaN])
    t.throws(() => histogram.record(value), RangeError)
  t.equal(histogram.count, 1)
})

await t.test('merged histograms are the histogram of all samples', async (t) => {
  const some = [3, 70_000, 70_000, 9]
  const others = [3, 1_000_000]
  const merged = histogramOf(some)
  merged.add(histogramOf(others).toRecord())
  t.strictSame(merged.toRecord(), histogramOf([...some, ...others]).toRecord())
})

await t.test('the record is sparse and is read back', async (t) => {
  // Counters: 5 is 5; 2,048 and 2,049 cut by 1 bit: 1 * 1,024 + 1,024 = 2,048; 100,000: 6 * 1,024 + 1,562 = 7,706.
  const histogram = histogramOf([5, 2048, 2049, 100_000])
  const record = histogram.toRecord()
  t.strictSame(record, {
    scheme: 'log-linear-1024-us',
    count: 4,
    pairs: [5, 1, 2043, 2, 5658, 1],
  })
  const back = Histogram.fromRecord(JSON.parse(JSON.stringify(record)) as typeof record)
  t.strictSame(back.toRecord(), record)
  t.strictSame(Histogram.fromRecord(new Histogram().toRecord()).count, 0)
})

await t.test('a record that contradicts itself is refused', async (t) => {
  const record = histogramOf([5, 100_000]).toRecord()
  for (const bad of [
    { ...record, count: 3 },
    { ...record, pairs: [5, 1, 0, 1] },
    { ...record, pairs: [5, 1, 100_000, 1] },
    { ...record, pairs: [5, 2, 9] },
    { ...record, pairs: [5, -1, 3, 3] },
    { ...record, scheme: 'linear' },
  ])
    t.throws(() => Histogram.fromRecord(bad as typeof record), RangeError)
})

t.test('what lies beyond all samples counts in the rank', async (t) => {
  // 1 to 990 and 10 beyond: the median is the 500th of 1,000, and the 991st is not known.
  const histogram = new Histogram()
  for (let value = 1; value <= 990; value++) histogram.record(value)
  t.equal(histogram.quantile(0.5, 10), 500)
  t.equal(histogram.quantile(0.9, 10), undefined, 'too few samples all the same')
  for (let value = 1; value <= 9_010; value++) histogram.record(500)
  t.equal(histogram.quantile(0.99, 200), undefined, 'rank 10,098 of 10,000 samples')
  t.ok(histogram.quantile(0.99, 20) !== undefined)
})

await t.test(
  'eight blocks with an eighth of the answers each find the true ratio of p99, whatever the tails',
  async (t) => {
    const random = createRandom(20_261_127)
    const { normal } = createDraws(20_261_128)
    // Latencies in µs about 1 ms; blocks differ by 5 %; some answers stall for 10 to 30 ms.
    const stalling = (share: number) => (block: number) =>
      random.next() < share
        ? 10_000 + 20_000 * random.next()
        : 1_000 * Math.exp(0.4 * normal() + block)
    // z(0.99) = 2.32635; with 0.5 % of stalls p99 is where 0.995 * (1 - Phi(z)) = 0.005: z = 2.57407;
    // with 2 % of them half of the stalls lie above it: 20 ms.
    const tails = {
      long: {
        draw: (block: number) => 1_000 * Math.exp(0.8 * normal() + block),
        logP99: Math.log(1_000) + 0.8 * 2.32635,
      },
      'few stalls': { draw: stalling(0.005), logP99: Math.log(1_000) + 0.4 * 2.57407 },
      'many stalls': { draw: stalling(0.02), logP99: Math.log(20_000) },
    }
    const blocks = 8
    const experiments = 200
    const seenLogP99 = ({ draw }: { draw: (block: number) => number }): number => {
      const histogram = new Histogram()
      const block = 0.05 * normal()
      for (let sample = 0; sample < samplesNeeded(0.99) / blocks; sample++)
        histogram.record(Math.round(draw(block)))
      return Math.log(histogram.quantile(0.99, 0, fewestSamples(0.99)) ?? Number.NaN)
    }
    for (const [baseName, base] of Object.entries(tails))
      for (const [name, contender] of Object.entries(tails)) {
        const truth = contender.logP99 - base.logP99
        let held = 0
        let error = 0
        for (let experiment = 0; experiment < experiments; experiment++) {
          const ratios = Array.from(
            { length: blocks },
            () => seenLogP99(contender) - seenLogP99(base),
          )
          const estimate = estimateMean(ratios, 0.95)
          if (holds(estimate, truth)) held++
          error += (estimate.mean - truth) / experiments
        }
        const seen = `${name} / ${baseName}: held by ${held} of ${experiments}, off by ${error}`
        // Ten answers lie above p99 of a block, so it is pulled into a gap of the distribution beside it.
        t.ok(Math.abs(error) < 0.07, seen)
        t.ok(held / experiments > 0.9, seen)
      }
  },
)
