/** Gates and warnings of an arm at a fixed rate: whether it held the rate, and whether the generator kept the time. */
import { pointOf, rateWords, shareWords } from '../point.ts'
import type { Gate, Warning } from '../results.ts'
import type { ArmCell } from './cells.ts'
import { lagGate, lateWarning } from './lag-cautions.ts'
import { achievedPerSecond, leastSentShare, type PacedArm } from './paced-arm.ts'

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

/** Why an arm has no latency, or lacks percentiles of it; none when it may have all. */
export const latencyRefusals = (arm: ArmCell, paced: PacedArm): Warning[] => {
  const { workload, contender } = arm
  const say = (code: string, message: string): Warning => ({
    code,
    message,
    basis: 'derived',
    ...scopeOf(arm),
  })
  if (paced.isGeneratorShort)
    return [
      say(
        'RATE_NOT_SENT',
        `The generator could not send ${loadWords(arm, paced)} to ${contender} on ${workload.name}: ` +
          `${grouped.format(achievedPerSecond(paced))} achieved, although connections were idle. So nothing is said of ` +
          `${contender} there; take a lower rate, or give the generator more cores.`,
      ),
    ]
  if (!paced.holdsRate)
    return [
      say(
        'RATE_NOT_HELD',
        `${contender} on ${workload.name} ${notHeld(arm, paced)}. It shows no latency there and is not compared: ` +
          'requests that wait without end have none, and what it costs is the cost at another rate.',
      ),
    ]
  const late = lateWarning(arm, paced, loadWords(arm, paced))
  const beyond = paced.unsent.map(({ share, blocks }) =>
    say(
      'NEVER_SENT',
      `No p${share * 100} for ${contender} on ${workload.name} at ${loadWords(arm, paced)}: in ${blocks} of ` +
        `${paced.blocks.size} blocks so many requests were never sent that it is longer than every answer there. ` +
        'Take a lower rate.',
    ),
  )
  return late === undefined ? beyond : [late, ...beyond]
}
