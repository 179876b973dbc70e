/** Histograms by hand. */
import { Histogram } from '../../bench/stats/histogram.ts'

/** The record of a histogram with so many samples of each value, in microseconds. */
export function histogramOf(samples: readonly (readonly [us: number, count: number])[]) {
  const histogram = new Histogram()
  for (const [us, count] of samples)
    for (let sample = 0; sample < count; sample++) histogram.record(us)
  const { pairs, ...rest } = histogram.toRecord()
  return { ...rest, pairs: [...pairs] }
}
