/**
 * A log-linear histogram of whole microseconds after HdrHistogram (G. Tene, hdrhistogram.org) at three significant
 * digits: values below 2,048 have a counter each; above that every power of two is cut into 1,024 equal parts,
 * so a counter is never wider than 1/1,024 of its lowest value.
 */

const partBits = 10
const parts = 2 ** partBits
const valueBits = 32
const counters = (valueBits - partBits + 1) * parts

/** The largest value that can be recorded, in microseconds: 71 minutes. */
export const largestUs = 2 ** valueBits - 1

/**
 * The counter of a value. Its highest `partBits + 1` bits are kept: k = max(0, floor(log2 v) - 10) are cut off,
 * and the counter is k * 1,024 + floor(v / 2^k), which grows without gaps.
 */
function counterOf(valueUs: number): number {
  const cut = Math.max(0, valueBits - 1 - partBits - Math.clz32(valueUs))
  return cut * parts + (valueUs >>> cut)
}

/** The middle of a counter's values, which is the value itself below 2,048. */
function middleOf(counter: number): number {
  const cut = Math.max(0, Math.floor(counter / parts) - 1)
  return (counter - cut * parts) * 2 ** cut + Math.floor(2 ** cut / 2)
}

// Products such as 0.07 * 100 come out a little above the whole number that is meant.
const ceilingOf = (value: number): number => Math.ceil(value * (1 - 1e-12))

/**
 * How many samples a quantile needs before it is shown: 100 / (1 - q), so that about 100 lie above it.
 * @param q from 0 up to, but not including, 1
 */
export const samplesNeeded = (q: number): number => ceilingOf(100 / (1 - q))

/**
 * How many it needs at the least, where more of them are taken elsewhere and what comes of all is averaged or asked
 * again: a tenth, so that about 10 lie above it.
 */
export const fewestSamples = (q: number): number => ceilingOf(samplesNeeded(q) / 10)

/** Of so many samples the rank of the smallest one with at least this share of them at or below it. */
export const rankOf = (share: number, count: number): number => ceilingOf(share * count)

/** A histogram as it stands in a result file and goes between processes. */
export interface HistogramRecord {
  /** How values map to counters, for readers of the file. */
  readonly scheme: 'log-linear-1024-us'
  /** All samples. */
  readonly count: number
  /** For each counter in use: how far it is from the one before (the first from 0), then its count. */
  readonly pairs: readonly number[]
}

/** Loops over its thousands of counters are by index: iterators took most of the time of reading a result of runs at a rate. */
export class Histogram {
  readonly #counts = new Uint32Array(counters)
  #count = 0

  /** How many samples it holds. */
  get count(): number {
    return this.#count
  }

  /**
   * Adds one sample, without allocating.
   * @throws RangeError for what is no whole number from 0 to `largestUs`
   */
  record(valueUs: number): void {
    if (valueUs >>> 0 !== valueUs)
      throw new RangeError(`Expected whole microseconds up to ${largestUs}, found ${valueUs}`)
    this.#counts[counterOf(valueUs)]!++
    this.#count++
  }

  /**
   * The value at or below which share `q` of the samples lies: the smallest one with at least q * count samples
   * at or below it (nearest rank, type 1 of Hyndman and Fan 1996), given as the middle of its counter. So it is
   * exact below 2,048 µs and within 1/2,048 (0.05 %) of a real sample above.
   * @param beyond how many more there are that were not recorded and are larger than all that were
   * @param needed samples that it takes for an answer
   * @returns undefined with fewer samples, or where it is among those beyond
   * @throws RangeError unless 0 <= q < 1
   */
  quantile(q: number, beyond = 0, needed: number = samplesNeeded(q)): number | undefined {
    if (!(q >= 0 && q < 1)) throw new RangeError(`Expected a share from 0 to below 1, found ${q}`)
    const rank = rankOf(q, this.#count + beyond)
    return this.#count < needed || rank > this.#count ? undefined : this.valueAtRank(rank)
  }

  /**
   * The sample of this rank, 1 being the smallest; ranks outside are moved to the nearest end. With the accuracy
   * of `quantile` but without its rule: for the largest sample, and for looking at few of them.
   * @returns undefined when there is no sample
   */
  valueAtRank(rank: number): number | undefined {
    if (this.#count === 0) return undefined
    const wanted = Math.min(this.#count, Math.max(1, rank))
    let counter = 0
    for (let below = this.#counts[0]!; below < wanted; below += this.#counts[counter]!) counter++
    return middleOf(counter)
  }

  /** How many samples are larger than this; exact below 2,048 µs, above as far as counters tell. */
  countAbove(valueUs: number): number {
    let above = 0
    for (let counter = counterOf(valueUs) + 1; counter < counters; counter++)
      above += this.#counts[counter]!
    return above
  }

  /** Only the counters in use, which are few. */
  toRecord(): HistogramRecord {
    const pairs: number[] = []
    let last = 0
    for (let counter = 0; counter < counters; counter++) {
      const count = this.#counts[counter]!
      if (count === 0) continue
      pairs.push(counter - last, count)
      last = counter
    }
    return { scheme: 'log-linear-1024-us', count: this.#count, pairs }
  }

  /**
   * Adds all samples of what `toRecord` wrote, and touches no counter but theirs.
   * @throws RangeError when its parts contradict each other; some of its samples may then be in
   */
  add({ scheme, count, pairs }: HistogramRecord): void {
    if (scheme !== 'log-linear-1024-us')
      throw new RangeError(`Expected a histogram log-linear-1024-us, found ${String(scheme)}`)
    let counter = 0
    let added = 0
    for (let at = 0; at < pairs.length; at += 2) {
      const step = pairs[at]
      const samples = pairs[at + 1]
      const ascends = isCount(step) && (at === 0 || step > 0)
      if (!ascends || !isCount(samples) || samples === 0 || (counter += step) >= counters)
        throw new RangeError(`Expected a histogram's step and count, found ${step} and ${samples}`)
      this.#counts[counter]! += samples
      added += samples
    }
    if (added !== count)
      throw new RangeError(`Expected ${count} samples in a histogram, found ${added}`)
    this.#count += added
  }

  /**
   * Reads what `toRecord` wrote.
   * @throws RangeError when its parts contradict each other
   */
  static fromRecord(record: HistogramRecord): Histogram {
    const histogram = new Histogram()
    histogram.add(record)
    return histogram
  }
}

const isCount = (value: number | undefined): value is number =>
  value !== undefined && value >>> 0 === value
