/** What a fixed rate takes: cores and latency of each contender there, in sentences, and where the choice hardly matters. */
import { isSamePoint, type Point, rateWords } from '../point.ts'
import type { Metric } from '../result/metrics.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result } from '../results.ts'
import { costComparison, valuesOf, vcpuOf } from './layout.ts'
import { listed } from './listed.ts'
import { tellsFigures } from './room.ts'
import { figure, milliseconds } from './units.ts'

/**
 * Up to so far apart two contenders are alike to whoever has to run one: half a core is less than the step in which
 * machines grow, and 2 ms are lost in any network between a user and a server.
 */
const hardlyMatters = { vcpu: 0.5, latencyUs: 2_000 } as const

/** Requests per second that cores are also told for, as loads differ. */
const roundRate = 100_000

const hoursPerMonth = 730

/** What a reader pays. */
export interface Prices {
  /** For one vCPU in one hour, in whatever currency. */
  readonly vcpuPrice?: number | undefined
}

/** One contender on one workload at one rate. */
interface Standing {
  readonly contender: string
  readonly vcpu: number | undefined
  readonly p50Us: number | undefined
  readonly p99Us: number | undefined
  /** Requests per second that were achieved, where that is not the rate. */
  readonly shortRate: number | undefined
  /** It was the generator that fell short. */
  readonly isUnasked: boolean
  /** With the base. */
  readonly comparisons: readonly Comparison[]
}

const standingsAt = (result: Result, workload: string, point: Point): Standing[] =>
  result.contenders.flatMap(({ id }) => {
    const summaries = result.summaries.filter(
      (row) => row.workload === workload && row.contender === id && isSamePoint(row.point, point),
    )
    if (summaries.length === 0) return []
    const value = valuesOf(summaries)
    const isTold = (code: string): boolean =>
      result.warnings.some(
        (warning) =>
          warning.code === code &&
          warning.workload === workload &&
          warning.contender === id &&
          warning.ratePerSecond === point.ratePerSecond,
      )
    const isUnasked = isTold('RATE_NOT_SENT')
    return [
      {
        contender: id,
        vcpu: vcpuOf(value),
        p50Us: value('latencyP50'),
        p99Us: value('latencyP99'),
        shortRate: isUnasked || isTold('RATE_NOT_HELD') ? (value('achievedRate') ?? 0) : undefined,
        isUnasked,
        comparisons: result.comparisons.filter(
          (row) =>
            row.workload === workload && row.contender === id && isSamePoint(row.point, point),
        ),
      },
    ]
  })

const latencyWords = ({ p50Us, p99Us }: Standing): string[] => [
  ...(p50Us === undefined ? [] : [`p50 ${milliseconds(p50Us)} ms`]),
  ...(p99Us === undefined ? [] : [`p99 ${milliseconds(p99Us)} ms`]),
]

const needs = (standing: Standing, ratePerSecond: number, { vcpuPrice }: Prices): string => {
  const { contender, vcpu, shortRate, isUnasked } = standing
  if (shortRate !== undefined && isUnasked)
    return `${contender} is unknown: the generator sent only ${figure(shortRate)}`
  if (shortRate !== undefined)
    return `${contender} does not hold ${rateWords(ratePerSecond)}: ${figure(shortRate)} achieved`
  const latency = latencyWords(standing)
  if (vcpu === undefined) return `${contender} has ${listed(latency) || 'no figures'}`
  const facts = [
    ...latency,
    `${figure((vcpu / ratePerSecond) * roundRate)} vCPU per ${rateWords(roundRate)}`,
    ...(vcpuPrice === undefined ? [] : [`${figure(vcpu * vcpuPrice * hoursPerMonth)} a month`]),
  ]
  return `${contender} needs ${figure(vcpu)} vCPU (${facts.join(', ')})`
}

/** The largest difference to the base that the interval of the ratio leaves open; undefined without an interval. */
const farthest = (base: number, comparison: Comparison | undefined): number | undefined =>
  comparison?.low === undefined || comparison.high === undefined
    ? undefined
    : base * Math.max(Math.abs(comparison.low - 1), Math.abs(comparison.high - 1))

/** A contender that is so near to the base that either will do, however the noise fell; undefined for others. */
const nearness = (standing: Standing, base: Standing): string | undefined => {
  const of = (metric: Metric): Comparison | undefined =>
    standing.comparisons.find((each) => each.metric === metric)
  const { contender, vcpu, p99Us } = standing
  if (vcpu === undefined || base.vcpu === undefined) return undefined
  if (p99Us === undefined || base.p99Us === undefined) return undefined
  const vcpuApart = farthest(base.vcpu, costComparison(standing.comparisons))
  const p99Apart = farthest(base.p99Us, of('latencyP99'))
  if (vcpuApart === undefined || p99Apart === undefined) return undefined
  if (vcpuApart > hardlyMatters.vcpu || p99Apart > hardlyMatters.latencyUs) return undefined
  const apart = `${figure(Math.abs(vcpu - base.vcpu))} vCPU and ${milliseconds(Math.abs(p99Us - base.p99Us))} ms of p99`
  return `${contender} (${apart} apart)`
}

const nearSentences = (
  standings: readonly Standing[],
  base: Standing | undefined,
  place: string,
): string[] => {
  if (base === undefined) return []
  const near = standings.flatMap((standing) =>
    standing === base ? [] : (nearness(standing, base) ?? []),
  )
  return near.length === 0
    ? []
    : [`${place} the choice between ${base.contender} and ${listed(near)} hardly matters.`]
}

/**
 * For every workload and fixed rate: what each contender needs there, then those whose difference to the base is too
 * small to decide anything. Empty without a fixed rate. What many contenders need on many workloads is left to the
 * tables, unless there is a price: no table has that.
 */
export const sizingSentences = (result: Result, prices: Prices = {}): string[] =>
  result.design.workloads.flatMap(({ name }) =>
    pointsOf(result.design).flatMap((point) => {
      const { ratePerSecond } = point
      if (ratePerSecond === undefined) return []
      const standings = standingsAt(result, name, point)
      if (standings.length === 0) return []
      const place = `At ${rateWords(ratePerSecond)} on ${name}`
      const isTold = tellsFigures(result) || prices.vcpuPrice !== undefined
      const needed = standings.map((standing) => needs(standing, ratePerSecond, prices))
      const base = standings.find(({ contender }) => contender === result.contenders[0]?.id)
      return [
        ...(isTold ? [`${place} ${needed.join('; ')}.`] : []),
        ...nearSentences(standings, base, place),
      ]
    }),
  )
