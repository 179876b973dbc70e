/** Why quantiles are missing where there were too few answers for them. */
import { atPoint, type Point, pointKey } from '../point.ts'
import type { Warning } from '../results.ts'
import { fewestSamples, samplesNeeded } from '../stats/histogram.ts'
import type { ArmCell } from './cells.ts'
import { shownPercentiles } from './metrics.ts'
import { hasLatencyAt, hasSamplesFor } from './paced-arm.ts'

const grouped = new Intl.NumberFormat('en-US')

/** Answers of each block, where latency is shown at all. */
const countsAt = ({ paced }: ArmCell, share: number): number[] =>
  paced === undefined || !hasLatencyAt(paced, share)
    ? []
    : [...paced.blocks.values()].map(({ answers }) => answers)

const rateOf = ({ ratePerSecond, shareOfCapacity }: Point): Omit<Point, 'connections'> => ({
  ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  ...(shareOfCapacity === undefined ? {} : { shareOfCapacity }),
})

const namesOf = (arms: readonly ArmCell[]): string =>
  [...new Set(arms.map(({ contender, workload }) => `${contender} on ${workload.name}`))].join(', ')

/** One for each operating point and quantile that there are too few answers for. */
export const fewSamplesWarnings = (arms: readonly ArmCell[]): Warning[] =>
  [...Map.groupBy(arms, ({ point }) => pointKey(point)).values()].flatMap((alike) =>
    shownPercentiles.flatMap(({ name, share }): Warning[] => {
      const short = alike.filter((arm) => {
        const counts = countsAt(arm, share)
        return counts.length > 0 && !hasSamplesFor(share, counts)
      })
      const [first] = short
      if (first === undefined) return []
      const counts = short.map((arm) => countsAt(arm, share))
      const inAll = Math.min(...counts.map((each) => each.reduce((sum, count) => sum + count, 0)))
      return [
        {
          code: 'FEW_SAMPLES',
          message:
            `No ${name} ${atPoint(first.point)} for ${namesOf(short)}: it takes ${grouped.format(samplesNeeded(share))} ` +
            `answers, and ${grouped.format(fewestSamples(share))} in every block, or it would rest on a handful of them; ` +
            `the fewest were ${grouped.format(inAll)}, and ${grouped.format(Math.min(...counts.flat()))} in a block. ` +
            'Give more --budget or a higher --rate, or measure fewer workloads, contenders or rates at once.',
          basis: 'derived',
          ...rateOf(first.point),
        },
      ]
    }),
  )
