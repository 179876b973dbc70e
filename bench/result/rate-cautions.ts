/** Gates and warnings of an arm at a fixed rate: whether it held the rate, and whether the generator kept the time. */
import { pointOf, rateWords } from '../point.ts'
import type { Gate, Warning } from '../results.ts'
import type { ArmCell } from './cells.ts'
import { achievedPerSecond, lagLimits, leastSentShare, type PacedArm } from './paced-arm.ts'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

const scopeOf = ({ workload, point, contender }: ArmCell) => ({
  workload: workload.name,
  ...pointOf(point),
  contender,
})

/** `does not hold 3,000 requests/s: 2,410 achieved` */
const notHeld = (paced: PacedArm): string =>
  `does not hold ${rateWords(paced.ratePerSecond)}: ${grouped.format(achievedPerSecond(paced))} achieved`

const milliseconds = (us: number): string => (us / 1_000).toFixed(2)

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
  ...(paced.holdsRate && arm.errorCount === 0
    ? [
        {
          name: 'lag',
          ok: paced.isPunctual,
          basis: 'derived' as const,
          ...scopeOf(arm),
          value: paced.ownLagP99Us,
          limit: paced.lagLimitUs,
        },
      ]
    : []),
]

/** Why an arm has no latency, or undefined when it may have one. */
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
      `The generator could not send ${rateWords(paced.ratePerSecond)} to ${contender} on ${workload.name}: ` +
        `${grouped.format(achievedPerSecond(paced))} achieved, although connections were idle. So nothing is said of ` +
        `${contender} there; take a lower rate, or give the generator more cores.`,
    )
  if (!paced.holdsRate)
    return say(
      'RATE_NOT_HELD',
      `${contender} on ${workload.name} ${notHeld(paced)}. It shows no latency there and is not compared: ` +
        'requests that wait without end have none, and what it costs is the cost at another rate.',
    )
  if (!paced.isPunctual)
    return say(
      'GENERATOR_LATE',
      `No latency for ${contender} on ${workload.name} at ${rateWords(paced.ratePerSecond)}: one in a hundred requests left ` +
        `the generator ${milliseconds(paced.ownLagP99Us)} ms late or more by its own doing ` +
        `(limit ${milliseconds(paced.lagLimitUs)} ms: ${lagLimits.mostUs / 1_000} ms, or ${lagLimits.shareOfP50 * 100} % of the ` +
        'median where that is less). A lower rate, a quieter machine or a core for the generator alone helps. Cost is not affected.',
    )
  return undefined
}
