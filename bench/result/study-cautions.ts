/** Gates and warnings of a study: wrong answers, and what its probes could not tell. */
import { rateWords } from '../point.ts'
import type { Curve, Gate, Limit, Probe, Raw, Warning } from '../results.ts'
import { errorsOf } from './probe.ts'

/** What a study is asked about, with what followed. */
type Studied = Raw & {
  readonly limits: readonly Limit[] | undefined
  readonly curves: readonly Curve[] | undefined
}

const armsOf = ({ probes = [] }: Raw): (readonly [Probe, ...Probe[]])[] =>
  [
    ...Map.groupBy(probes, ({ workload, contender }) =>
      JSON.stringify([workload, contender]),
    ).values(),
  ] as [Probe, ...Probe[]][]

/**
 * `errors` by contender and workload: answers with a wrong body. Other failures are what an overload looks like, and only
 * fail their probe.
 */
export const studyGates = (raw: Raw): Gate[] =>
  armsOf(raw).map((probes) => {
    const [{ workload, contender }] = probes
    const value = probes.reduce((sum, { errors }) => sum + errors.body, 0)
    return {
      name: 'errors',
      ok: value === 0,
      basis: 'derived',
      workload,
      contender,
      value,
      limit: 0,
    }
  })

const errorWarnings = (raw: Raw): Warning[] =>
  armsOf(raw).flatMap((probes) => {
    const failed = probes
      .filter((probe) => errorsOf(probe) > 0)
      .toSorted((one, other) => one.ratePerSecond - other.ratePerSecond)
    const [first] = failed
    if (first === undefined) return []
    const { workload, contender, firstError } = first
    return [
      {
        code: 'PROBE_ERRORS',
        message:
          `Answers of ${contender} on ${workload} failed in ${failed.length} of ${probes.length} windows, from ` +
          `${rateWords(first.ratePerSecond)} on${firstError === undefined ? '' : `, there first: ${firstError}`}. ` +
          'Such a window does not count as held.',
        basis: 'derived' as const,
        workload,
        contender,
      },
    ]
  })

/** Where the generator, not the contender, was in the way. */
const lateWarnings = ({ limits = [], curves = [] }: Studied): Warning[] => {
  const warn = (workload: string, contender: string, message: string): Warning => ({
    code: 'GENERATOR_LATE',
    message: `${message} A quieter machine or a core for the generator alone helps.`,
    basis: 'derived',
    workload,
    contender,
  })
  return [
    ...limits.flatMap(({ workload, contender, blocks }) => {
      const late = blocks.filter(({ limitedBy }) => limitedBy === 'lag').length
      if (late === 0) return []
      return warn(
        workload,
        contender,
        `In ${late} of ${blocks.length} blocks it was the generator that did not keep the time when ${contender} on ` +
          `${workload} was asked for more, so the rate there is at least the one found.`,
      )
    }),
    ...curves.flatMap(({ workload, contender, points }) => {
      const unsent = points.filter((point) => point.unsent === true)
      if (unsent.length === 0) return []
      return {
        ...warn(
          workload,
          contender,
          `The generator could not send ${unsent.map(({ ratePerSecond }) => rateWords(ratePerSecond)).join(', ')} to ` +
            `${contender} on ${workload}, although connections were idle, so nothing is said of these rates.`,
        ),
        code: 'RATE_NOT_SENT',
      }
    }),
    ...curves.flatMap(({ workload, contender, points }) => {
      const empty = points.filter(
        ({ held, latencyP50, latencyP99 }) =>
          held && (latencyP50 === undefined || latencyP99 === undefined),
      ).length
      if (empty === 0) return []
      return warn(
        workload,
        contender,
        `At ${empty} of ${points.length} rates of ${contender} on ${workload} a percentile is missing: a block had too ` +
          'few answers there, or the generator its own lag.',
      )
    }),
  ]
}

/** Notes of a study; none for other runs. */
export const studyWarnings = (studied: Studied): Warning[] => [
  ...errorWarnings(studied),
  ...lateWarnings(studied),
]
