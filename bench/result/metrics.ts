/** The metrics that are derived from windows: name, unit and which direction is good. */
import type { Better } from '../stats/verdict.ts'

/** Worked out from counts and times of pooled windows. */
export const pooledMetrics = [
  'capacity',
  'cost',
  'databaseCost',
  'stackCost',
  'vcpu',
  'databaseVcpu',
  'achievedRate',
  'generatorCost',
] as const

/** Quantiles of all answers of a block at a fixed rate. */
export const quantileMetrics = ['latencyP50', 'latencyP99', 'serviceP50', 'serviceP99'] as const

export const metrics = [...pooledMetrics, ...quantileMetrics] as const

export type PooledMetric = (typeof pooledMetrics)[number]
export type QuantileMetric = (typeof quantileMetrics)[number]
export type Metric = (typeof metrics)[number]

/**
 * `better` is absent where neither direction is good by itself, or where another metric is judged: those are
 * reported only.
 * - capacity: answers per second at the stated connections; in a closed loop only
 * - cost: CPU time of the contender's own processes per answer
 * - databaseCost: CPU time that the database spent on the contender's behalf per answer
 * - stackCost: the sum of both
 * - vcpu, databaseVcpu: cores in use at capacity, or at the rate, where cost says the same with an interval
 * - achievedRate: requests per second that were sent in time, at a rate only, like the latencies
 * - generatorCost: CPU time of the load generator per answer, in a closed loop only (at a rate it spins until it is
 *   time to send); it tells of the engine and never of the contender
 * - latencyP50, latencyP99: from the time at which a request was meant to be sent to its checked answer, less what the
 *   generator itself was late (an upper bound, own-lag.ts)
 * - serviceP50, serviceP99: from its actual sending, so without waiting for a connection
 */
export const metricFacts: Readonly<
  Record<Metric, { readonly unit: string; readonly better?: Better }>
> = {
  capacity: { unit: 'requests/s', better: 'higher' },
  cost: { unit: 'ns/request', better: 'lower' },
  databaseCost: { unit: 'ns/request', better: 'lower' },
  stackCost: { unit: 'ns/request', better: 'lower' },
  vcpu: { unit: 'cores' },
  databaseVcpu: { unit: 'cores' },
  achievedRate: { unit: 'requests/s' },
  generatorCost: { unit: 'ns/request' },
  latencyP50: { unit: 'us', better: 'lower' },
  latencyP99: { unit: 'us', better: 'lower' },
  serviceP50: { unit: 'us' },
  serviceP99: { unit: 'us' },
}

/** Which histogram a quantile is of, and which share lies below it. */
export const quantileFacts: Readonly<
  Record<QuantileMetric, { readonly of: 'latency' | 'service'; readonly share: number }>
> = {
  latencyP50: { of: 'latency', share: 0.5 },
  latencyP99: { of: 'latency', share: 0.99 },
  serviceP50: { of: 'service', share: 0.5 },
  serviceP99: { of: 'service', share: 0.99 },
}

/** The percentiles of latency that are shown. */
export const shownPercentiles = [
  { name: 'p50', share: 0.5, metric: 'latencyP50' },
  { name: 'p99', share: 0.99, metric: 'latencyP99' },
] as const satisfies readonly { name: string; share: number; metric: QuantileMetric }[]

export type ShownPercentile = (typeof shownPercentiles)[number]

export const isQuantile = (metric: Metric): metric is QuantileMetric => metric in quantileFacts
