/** What one contender is worth against another, in words and as rows of a table. */
import { pointName } from '../point.ts'
import type { Bound, Comparison } from '../results.ts'
import { ratio, ratioDecimals } from './units.ts'

const bounds = { 'at-least': 'at least ', 'at-most': 'at most ', unknown: 'about ' } as const

/** As much of a comparison as its ratio is told with. */
export type Told = Pick<Comparison, 'ratio' | 'low' | 'high' | 'bound'>

/** Put before a number where the generator was the limit: on which side of it the true one lies. */
export const boundWord = (bound: Bound | undefined): string =>
  bound === undefined ? '' : bounds[bound]

/** A ratio; where the generator was the limit, with a word on where the true one lies. */
export const bounded = ({ ratio: value, bound }: Told, decimals?: number): string =>
  `${boundWord(bound)}${ratio(value, decimals)}`

/** A ratio with the ends of its interval: `0.41 (0.39 to 0.43)`. */
export const interval = (comparison: Told): string => {
  const { low, high } = comparison
  const decimals = ratioDecimals(low, high)
  const text = bounded(comparison, decimals)
  return low === undefined || high === undefined
    ? text
    : `${text} (${ratio(low, decimals)} to ${ratio(high, decimals)})`
}

/** The verdict; with a warning where ranks do not bear it out, or where a server was not at its limit. */
export const wordOf = ({ verdict, fragile, notSaturated, controlMoved }: Comparison): string => {
  const marks = [
    ...(controlMoved === true ? ['control moved'] : []),
    ...(fragile === true ? ['fragile'] : []),
    ...(notSaturated === true ? ['not saturated'] : []),
  ]
  return marks.length === 0 ? verdict : `${verdict} (${marks.join(', ')})`
}

/** The metrics that an effect is told in. */
export const metricNames = {
  cost: 'CPU per request, own',
  stackCost: 'CPU per request, own + database',
  capacity: 'requests/s',
  latencyP50: 'p50 latency',
  latencyP99: 'p99 latency',
} as const

export type ShownMetric = keyof typeof metricNames
export const isShown = (metric: string): metric is ShownMetric => metric in metricNames

/** One line for each comparison that is told: workload and operating point, metric, ratio, verdict. */
export const effectRows = (comparisons: readonly Comparison[]): string[][] =>
  comparisons.flatMap((comparison) =>
    isShown(comparison.metric)
      ? [
          [
            `${comparison.workload}, ${pointName(comparison.point)}`,
            metricNames[comparison.metric],
            interval(comparison),
            wordOf(comparison),
          ],
        ]
      : [],
  )

/** Where the word points: 1 to better, -1 to worse, 0 neither way. */
const signOf = ({ verdict }: Comparison): number =>
  verdict.endsWith('better') ? 1 : verdict.endsWith('worse') ? -1 : 0

/** Put before the words of other operating points where one of them says the opposite; else empty. */
export const flipWords = (told: Comparison, others: readonly Comparison[]): string =>
  others.some((each) => signOf(each) * signOf(told) < 0)
    ? 'the other way round at another operating point: '
    : ''
