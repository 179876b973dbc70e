/** Why quantiles are missing where a block had too few answers for them. */
import { atPoint, type Point, pointKey } from '../point.ts'
import type { Warning } from '../results.ts'
import { samplesNeeded } from '../stats/histogram.ts'
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
  /** Of the block with the fewest. */
  readonly answers: number
}

const scarce = (arm: ArmCell, share: number): Scarce[] => {
  const { paced, workload, point } = arm
  if (paced === undefined || !hasLatencyAt(paced, share)) return []
  const answers = Math.min(...[...paced.blocks.values()].map((block) => block.answers))
  return [{ workload: workload.name, point, answers }]
}

const rateOf = ({ ratePerSecond, shareOfCapacity }: Point): Omit<Point, 'connections'> => ({
  ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  ...(shareOfCapacity === undefined ? {} : { shareOfCapacity }),
})

/** One for each rate and quantile that some block has too few answers for: contenders are driven alike, so it is said once. */
export const fewSamplesWarnings = (arms: readonly ArmCell[]): Warning[] =>
  [...Map.groupBy(arms, ({ point }) => pointKey(point)).values()].flatMap((alike) => {
    return shown.flatMap(({ name, share }): Warning[] => {
      const needed = samplesNeeded(share)
      const all = alike.flatMap((arm) => scarce(arm, share))
      const few = all.filter(({ answers }) => answers < needed)
      const [first] = few
      if (first === undefined) return []
      const workloads = [...new Set(few.map(({ workload }) => workload))].join(', ')
      const fewest = Math.min(...few.map(({ answers }) => answers))
      return [
        {
          code: 'FEW_SAMPLES',
          message:
            `No ${name} ${atPoint(first.point)} on ${workloads} from blocks with fewer than ` +
            `${grouped.format(needed)} answers of a contender (the fewest had ${grouped.format(fewest)}): ` +
            'it would rest on a handful of them. Give more --budget, or measure fewer workloads, contenders or rates at once.',
          basis: 'derived',
          ...rateOf(first.point),
        },
      ]
    })
  })
