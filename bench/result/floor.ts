/** The floor of a machine: how far two identical servers seem to differ on it. Pure. */
import { Type, type Static } from '@sinclair/typebox'
import { isIndicative } from './firmness.ts'
import type { Result } from '../results.ts'
import { decidingOf } from './deciding.ts'
import { count, metric } from './schema-parts.ts'

const floorSchema = Type.Object({
  workload: Type.String(),
  connections: Type.Integer({ minimum: 1 }),
  metric,
  /** second / first, and the ends of its interval; it should be 1. */
  ratio: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Half the width of the interval, as a share: 0.018. */
  halfWidth: Type.Number({ minimum: 0 }),
  /** The end of the interval that is further from 1, as a share: what may be seen where nothing differs. */
  floor: Type.Number({ minimum: 0 }),
  /** In the metric that the workload's verdict is read from. */
  deciding: Type.Boolean(),
})

/** What makes two machines the same as far as noise is concerned. */
export const fingerprintSchema = Type.Object({
  cpu: Type.String(),
  cores: Type.Integer({ minimum: 1 }),
  kernel: Type.String(),
  node: Type.String(),
})

export const noiseSchema = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    fingerprint: fingerprintSchema,
    /** Of the run that it was read from. */
    runId: Type.String(),
    measuredAt: Type.String(),
    contender: Type.String(),
    confidence: Type.Number(),
    blocks: count,
    /** Enough blocks on a quiet machine; only such a floor moves the limit of "same". */
    firm: Type.Boolean(),
    floors: Type.Array(floorSchema),
  },
  { $id: 'gapwise-noise', title: 'gapwise noise of a machine' },
)

export type Floor = Static<typeof floorSchema>
export type Fingerprint = Static<typeof fingerprintSchema>
export type Noise = Static<typeof noiseSchema>

/** The fingerprint of the machine that a result was made on. */
export const fingerprintOf = ({
  cpu,
  cores,
  kernel,
  node,
}: Pick<Result['environment'], keyof Fingerprint>): Fingerprint => ({ cpu, cores, kernel, node })

const floorsOf = ({ comparisons, design }: Result): Floor[] =>
  [
    ...Map.groupBy(
      comparisons,
      ({ workload, point }) => `${workload} ${point.connections}`,
    ).values(),
  ].flatMap((cell) => {
    const deciding = decidingOf(design, cell[0]?.workload ?? '', cell, cell[0]?.point)
    return cell.flatMap((comparison) => {
      const { workload, point, metric, ratio, low, high } = comparison
      if (low === undefined || high === undefined) return []
      return [
        {
          workload,
          connections: point.connections,
          metric,
          ratio,
          low,
          high,
          halfWidth: Math.expm1(Math.log(high / low) / 2),
          floor: Math.expm1(Math.max(Math.abs(Math.log(low)), Math.abs(Math.log(high)))),
          deciding: comparison === deciding,
        },
      ]
    })
  })

/**
 * What a run of one contender against itself tells of the machine.
 * @returns undefined where it has no interval (too few blocks, or errors)
 */
export const noiseOf = (result: Result): Noise | undefined => {
  const floors = floorsOf(result)
  if (floors.length === 0) return undefined
  return {
    schemaVersion: 1,
    fingerprint: fingerprintOf(result.environment),
    runId: result.id,
    measuredAt: result.startedAt,
    contender: result.contenders[0]?.id ?? '',
    confidence: result.design.confidence,
    blocks: Math.max(...result.comparisons.map(({ blocks }) => blocks)),
    firm: result.state === 'complete' && !isIndicative(result),
    floors,
  }
}

/** The machine's floor: the largest of the metrics that verdicts are read from. */
export const worstFloor = ({ floors }: Pick<Noise, 'floors'>): Floor | undefined =>
  floors.filter(({ deciding }) => deciding).toSorted((one, other) => other.floor - one.floor)[0]

/** Differences below this do not matter, however quiet a machine is (DESIGN 5). */
export const usualDelta = 0.02

/**
 * The largest difference that does not matter on a machine: 2 %, or its floor where that is firm and larger, because
 * nobody can be told that two servers are the same more closely than one server is the same as itself.
 */
export const deltaOn = (noise: Noise | undefined): number =>
  noise?.firm === true ? Math.max(usualDelta, worstFloor(noise)?.floor ?? 0) : usualDelta
