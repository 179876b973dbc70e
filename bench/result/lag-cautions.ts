/** Gate and notes on the load generator's own lag at a fixed rate: what it withholds, and what is shown without it. */
import { atPoint, pointKey, pointOf } from '../point.ts'
import type { Gate, Warning } from '../results.ts'
import type { ArmCell } from './cells.ts'
import { shownPercentiles } from './metrics.ts'
import { type LagAt, lagLimits } from './own-lag.ts'
import { hasLatencyAt, type PacedArm } from './paced-arm.ts'

const asPercent = (share: number): string => `${Number((share * 100).toFixed(1))} %`

const milliseconds = (us: number): string => (us / 1_000).toFixed(2)

const worstFirst = (lags: readonly LagAt[]): LagAt[] =>
  lags.toSorted((one, other) => other.uncertainty - one.uncertainty)

/** `lag`, with the percentile that may be the generator's doing most, or is withheld. */
export const lagGate = (arm: ArmCell, { lags }: PacedArm): Gate[] => {
  const failed = worstFirst(lags.filter(({ ok }) => !ok))
  const [worst, ...others] = failed.length > 0 ? failed : worstFirst(lags)
  if (worst === undefined) return []
  return [
    {
      name: 'lag',
      ok: failed.length === 0,
      basis: 'derived',
      workload: arm.workload.name,
      ...pointOf(arm.point),
      contender: arm.contender,
      value: worst.uncertainty,
      limit: lagLimits.shareOfLatency,
      detail:
        failed.length < 2
          ? `at ${worst.name}`
          : `at ${worst.name}, and ${others.map(({ name }) => name).join(' and ')} too`,
    },
  ]
}

/** `0.20 ms at p99, and 45 % of p99 may be its doing` */
const lateWords = ({ name, ownUs, uncertainty }: LagAt): string =>
  `${milliseconds(ownUs)} ms at ${name}, and ${uncertainty < 1 ? asPercent(uncertainty) : 'all'} of ${name} may be its doing`

/** Why an arm lacks percentiles; undefined where the generator withholds none. @param load the rate in words */
export const lateWarning = (
  arm: ArmCell,
  { lags }: PacedArm,
  load: string,
): Warning | undefined => {
  const late = lags.filter(({ ok }) => !ok)
  if (late.length === 0) return undefined
  const { workload, contender } = arm
  return {
    code: 'GENERATOR_LATE',
    message:
      `No ${late.map(({ name }) => name).join(' and no ')} for ${contender} on ${workload.name} at ${load}: the ` +
      `generator's own lag was ${late.map(lateWords).join('; ')} (limit ${asPercent(lagLimits.shareOfLatency)}). ` +
      'A lower rate, a quieter machine or a core for the generator alone helps. Cost is not affected.',
    basis: 'derived',
    workload: workload.name,
    ...pointOf(arm.point),
    contender,
  }
}

const isShown = (paced: PacedArm, { metric, share }: LagAt): boolean =>
  hasLatencyAt(paced, share) &&
  [...paced.blocks.values()].some(({ quantilesUs }) => quantilesUs.has(metric))

/** `json (13 of 15 contenders)` */
const placesOf = (arms: readonly ArmCell[], all: readonly ArmCell[]): string =>
  [...Map.groupBy(arms, ({ workload }) => workload.name)]
    .map(([name, mine]) => {
      const count = all.filter(({ workload }) => workload.name === name).length
      return `${name} (${mine.length} of ${count} contenders)`
    })
    .join(', ')

/** One for each operating point and percentile that is shown of somebody without a lag that is over a tenth of it. */
export const takenOffWarnings = (arms: readonly ArmCell[]): Warning[] =>
  [...Map.groupBy(arms, ({ point }) => pointKey(point)).values()].flatMap((alike) =>
    shownPercentiles.flatMap(({ name }): Warning[] => {
      const shown = alike.flatMap((arm) => {
        const { paced } = arm
        const lag = paced?.lags.find((each) => each.name === name)
        return lag === undefined || paced === undefined || !isShown(paced, lag)
          ? []
          : [{ arm, lag }]
      })
      const without = shown.filter(
        ({ lag }) => lag.withLagUs * (1 - lagLimits.shareOfLatency) > lag.shownUs,
      )
      const [first] = without
      if (first === undefined) return []
      const factors = without.map(({ lag }) => lag.withLagUs / Math.max(1, lag.shownUs))
      const ends = [Math.min(...factors), Math.max(...factors)].map((factor) => factor.toFixed(1))
      return [
        {
          code: 'LAG_TAKEN_OFF',
          message:
            `${name} ${atPoint(first.arm.point)} is shown without the generator's own lag, which would be ` +
            `more than a tenth of it, on ${placesOf(
              without.map(({ arm }) => arm),
              shown.map(({ arm }) => arm),
            )}: with it ${name} there would be ${[...new Set(ends)].join(' to ')} times as long.`,
          basis: 'derived',
        },
      ]
    }),
  )
