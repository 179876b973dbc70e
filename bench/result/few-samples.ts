/** Why quantiles are missing where there were too few answers for them. */
import { atPoint, type Point, pointKey } from '../point.ts'
import type { Warning } from '../results.ts'
import { samplesNeeded, samplesNeededInPart } from '../stats/histogram.ts'
import type { ArmCell } from './cells.ts'
import { hasLatencyAt } from './paced-arm.ts'

const grouped = new Intl.NumberFormat('en-US')

const shown = [
  { name: 'p50', share: 0.5 },
  { name: 'p99', share: 0.99 },
] as const

interface Scarce {
  readonly workload: string
  readonly point: Point
  /** Of all blocks, and of the block with the fewest. */
  readonly answers: number
  readonly inBlock: number
}

const scarce = (arm: ArmCell, share: number): Scarce[] => {
  const { paced, workload, point } = arm
  if (paced === undefined || !hasLatencyAt(paced, share)) return []
  const counts = [...paced.blocks.values()].map(({ answers }) => answers)
  const answers = counts.reduce((sum, count) => sum + count, 0)
  const inBlock = Math.min(...counts)
  return answers < samplesNeeded(share) || inBlock < samplesNeededInPart(share)
    ? [{ workload: workload.name, point, answers, inBlock }]
    : []
}

const rateOf = ({ ratePerSecond, shareOfCapacity }: Point): Omit<Point, 'connections'> => ({
  ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  ...(shareOfCapacity === undefined ? {} : { shareOfCapacity }),
})

/** One for each rate and quantile that there are too few answers for: contenders are driven alike, so it is said once. */
export const fewSamplesWarnings = (arms: readonly ArmCell[]): Warning[] =>
  [...Map.groupBy(arms, ({ point }) => pointKey(point)).values()].flatMap((alike) => {
    return shown.flatMap(({ name, share }): Warning[] => {
      const few = alike.flatMap((arm) => scarce(arm, share))
      const [first] = few
      if (first === undefined) return []
      const workloads = [...new Set(few.map(({ workload }) => workload))].join(', ')
      const fewest = (of: 'answers' | 'inBlock'): string =>
        grouped.format(Math.min(...few.map((each) => each[of])))
      return [
        {
          code: 'FEW_SAMPLES',
          message:
            `No ${name} ${atPoint(first.point)} on ${workloads} of a contender with fewer than ` +
            `${grouped.format(samplesNeeded(share))} answers, nor from a block with fewer than ` +
            `${grouped.format(samplesNeededInPart(share))} (the fewest: ${fewest('answers')}, and ${fewest('inBlock')}): ` +
            'it would rest on a handful of them. Give more --budget, or measure fewer workloads, contenders or rates at once.',
          basis: 'derived',
          ...rateOf(first.point),
        },
      ]
    })
  })
