/** Latency by rate: what the windows of a sweep show for each contender, and where its curve bends. */
import { kneeReference } from '../plan/study.ts'
import type { Curve, Probe, Raw } from '../results.ts'
import { quantileFacts } from './metrics.ts'
import { answerTimes, isGeneratorShort, lagsOf, latencyBounds } from './own-lag.ts'
import { leastSentShare } from './paced-arm.ts'
import { errorsOf } from './probe.ts'

/** Beyond so many times the p99 at the reference rate a curve has bent. */
export const kneeFactor = 3

type CurvePoint = Curve['points'][number]
type Swept = 'latencyP50' | 'latencyP99'

const sum = (probes: readonly Probe[], of: (probe: Probe) => number): number =>
  probes.reduce((total, probe) => total + of(probe), 0)

const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((total, value) => total + Math.log(value), 0) / values.length)

/** Of the windows of one block, in microseconds; undefined with too few answers or sends, or under a late generator. */
const quantileIn = (probes: readonly Probe[], metric: Swept): number | undefined => {
  const { share } = quantileFacts[metric]
  const times = answerTimes(probes.map(({ paced }) => paced))
  const us = latencyBounds(times, share)?.mostUs
  const isKept = lagsOf([times], times).some((lag) => lag.share === share && lag.ok)
  return us !== undefined && us > 0 && isKept ? us : undefined
}

const spreadOf = (blocks: readonly (readonly Probe[])[], metric: Swept): CurvePoint[Swept] => {
  const values = blocks.flatMap((probes) => quantileIn(probes, metric) ?? [])
  // Blocks that could be judged only: all of them, or the point has no value.
  if (values.length < blocks.length || values.length === 0) return undefined
  return {
    value: geometricMean(values),
    least: Math.min(...values),
    most: Math.max(...values),
  }
}

const pointAt = (shareOfCapacity: number, probes: readonly Probe[]): CurvePoint => {
  const blocks = [...Map.groupBy(probes, ({ block }) => block).values()]
  const sentShare =
    sum(probes, ({ paced }) => paced.sentInTime) /
    Math.max(
      1,
      sum(probes, ({ paced }) => paced.planned),
    )
  const ratePerSecond = geometricMean(blocks.flatMap(([first]) => first?.ratePerSecond ?? []))
  const isSent = sentShare >= leastSentShare
  const held = isSent && probes.every((probe) => errorsOf(probe) === 0)
  const isUnsent = !isSent && isGeneratorShort(answerTimes(probes.map(({ paced }) => paced)))
  const p50 = held ? spreadOf(blocks, 'latencyP50') : undefined
  const p99 = held ? spreadOf(blocks, 'latencyP99') : undefined
  return {
    shareOfCapacity,
    ratePerSecond,
    achievedRate: ratePerSecond * sentShare,
    held,
    ...(isUnsent ? { unsent: true } : {}),
    blocks: blocks.length,
    ...(p50 === undefined ? {} : { latencyP50: p50 }),
    ...(p99 === undefined ? {} : { latencyP99: p99 }),
  }
}

/** The knee is looked for above the reference, among the rates that were held with all below them. */
const bendOf = (points: readonly CurvePoint[]): Pick<Curve, 'knee' | 'kneeUnknown' | 'held'> => {
  const firstLost = points.findIndex(({ held, unsent }) => !held && unsent !== true)
  const below = (firstLost < 0 ? points : points.slice(0, firstLost)).filter(({ held }) => held)
  const held = below.at(-1)?.shareOfCapacity
  const reference = points.find(({ shareOfCapacity }) => shareOfCapacity === kneeReference)
    ?.latencyP99?.value
  const knee =
    reference === undefined
      ? undefined
      : below.find(
          ({ shareOfCapacity, latencyP99 }) =>
            shareOfCapacity > kneeReference && (latencyP99?.value ?? 0) > kneeFactor * reference,
        )?.shareOfCapacity
  return {
    ...(held === undefined ? {} : { held }),
    ...(knee === undefined ? {} : { knee }),
    ...(reference === undefined ? { kneeUnknown: true } : {}),
  }
}

/** In the order of the design and of the contenders; undefined for a run that was asked something else. */
export const curvesOf = ({ design, contenders, probes = [] }: Raw): Curve[] | undefined => {
  const { study, workloads } = design
  if (study?.kind !== 'sweep') return undefined
  return workloads.flatMap(({ name }) =>
    contenders.flatMap(({ id }) => {
      const own = probes.filter((probe) => probe.workload === name && probe.contender === id)
      if (own.length === 0) return []
      const byShare = Map.groupBy(own, ({ shareOfCapacity }) => shareOfCapacity)
      const points = study.shares.flatMap((share) => {
        const at = byShare.get(share)
        return at === undefined ? [] : [pointAt(share, at)]
      })
      return [{ workload: name, contender: id, points, ...bendOf(points) }]
    }),
  )
}
