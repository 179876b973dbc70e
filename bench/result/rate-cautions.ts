/** Gates and warnings of an arm at a fixed rate: whether it held the rate, and whether the generator kept the time. */
import { pointOf, rateWords, shareWords } from '../point.ts'
import type { Gate, Warning } from '../results.ts'
import type { ArmCell } from './cells.ts'
import {
  achievedPerSecond,
  lagLimits,
  leastSentShare,
  type LagAt,
  type PacedArm,
} from './paced-arm.ts'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

const scopeOf = ({ workload, point, contender }: ArmCell) => ({
  workload: workload.name,
  ...pointOf(point),
  contender,
})

/** `3,000 requests/s`, and of what they are a share. */
const loadWords = ({ point: { shareOfCapacity } }: ArmCell, { ratePerSecond }: PacedArm): string =>
  shareOfCapacity === undefined
    ? rateWords(ratePerSecond)
    : `${rateWords(ratePerSecond)} (${shareWords(shareOfCapacity)} of its own capacity)`

/** `does not hold 3,000 requests/s: 2,410 achieved` */
const notHeld = (arm: ArmCell, paced: PacedArm): string =>
  `does not hold ${loadWords(arm, paced)}: ${grouped.format(achievedPerSecond(paced))} achieved`

/** `0.20 ms at p99 (limit 0.08 ms)` */
const lagWords = ({ name, ownUs, limitUs }: LagAt): string =>
  `${milliseconds(ownUs)} ms at ${name} (limit ${milliseconds(limitUs)} ms)`

const milliseconds = (us: number): string => (us / 1_000).toFixed(2)

/** The one that is nearest to its limit, or furthest beyond it. */
const worstLag = (lags: readonly LagAt[]): LagAt | undefined =>
  lags.toSorted(
    (one, other) => other.ownUs * Math.max(1, one.limitUs) - one.ownUs * Math.max(1, other.limitUs),
  )[0]

const lagGate = (arm: ArmCell, { lags }: PacedArm): Gate[] => {
  const failed = lags.filter(({ ok }) => !ok)
  const worst = worstLag(failed.length > 0 ? failed : lags)
  if (worst === undefined) return []
  return [
    {
      name: 'lag',
      ok: failed.length === 0,
      basis: 'derived',
      ...scopeOf(arm),
      value: worst.ownUs,
      limit: worst.limitUs,
      detail:
        failed.length < 2
          ? `at ${worst.name}`
          : `at ${worst.name}, and ${named(failed, worst)} too`,
    },
  ]
}

const named = (lags: readonly LagAt[], without: LagAt): string =>
  lags.flatMap((lag) => (lag === without ? [] : lag.name)).join(' and ')

/** `rate` and `lag`; where there is no latency to void nobody asks how punctual the sending was. */
export const rateGates = (arm: ArmCell, paced: PacedArm): Gate[] => [
  {
    name: 'rate',
    ok: paced.holdsRate,
    basis: 'derived',
    ...scopeOf(arm),
    value: paced.sentShare,
    limit: leastSentShare,
  },
  ...(paced.holdsRate && arm.errorCount === 0 ? lagGate(arm, paced) : []),
]

/** Why an arm has no latency, or lacks a percentile of it; undefined when it may have all. */
export const latencyRefusal = (arm: ArmCell, paced: PacedArm): Warning | undefined => {
  const { workload, contender } = arm
  const say = (code: string, message: string): Warning => ({
    code,
    message,
    basis: 'derived',
    ...scopeOf(arm),
  })
  if (paced.isGeneratorShort)
    return say(
      'RATE_NOT_SENT',
      `The generator could not send ${loadWords(arm, paced)} to ${contender} on ${workload.name}: ` +
        `${grouped.format(achievedPerSecond(paced))} achieved, although connections were idle. So nothing is said of ` +
        `${contender} there; take a lower rate, or give the generator more cores.`,
    )
  if (!paced.holdsRate)
    return say(
      'RATE_NOT_HELD',
      `${contender} on ${workload.name} ${notHeld(arm, paced)}. It shows no latency there and is not compared: ` +
        'requests that wait without end have none, and what it costs is the cost at another rate.',
    )
  const late = paced.lags.filter(({ ok }) => !ok)
  if (late.length > 0)
    return say(
      'GENERATOR_LATE',
      `No ${late.map(({ name }) => name).join(' and no ')} for ${contender} on ${workload.name} at ` +
        `${loadWords(arm, paced)}: the generator's own lag was ${late.map(lagWords).join(' and ')} ` +
        `(a percentile is shown where the lag at the same one is at most ${lagLimits.mostUs / 1_000} ms, and at most ` +
        `${lagLimits.shareOfLatency * 100} % of it). A lower rate, a quieter machine or a core for the generator ` +
        'alone helps. Cost is not affected.',
    )
  return undefined
}
