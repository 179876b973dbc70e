/** Gates and warnings that follow from the windows themselves: errors, the generator's load, what is unknown. */
import { atPoint, pointOf } from '../point.ts'
import type { Comparison, Gate, Raw, Warning } from '../results.ts'
import type { ArmCell } from './cells.ts'
import { latencyRefusals, rateGates } from './rate-cautions.ts'
import { saturationGates, saturationWarnings } from './saturation.ts'

/** Above this share of a core the generator may be what limits the requests per second (k6 keeps 20 % idle). */
export const generatorLimit = 0.85

/**
 * Whether the generator, not the server, may have set this arm's capacity. At a fixed rate there is none, and the
 * generator spins until it is time to send: there its lag tells whether it was able.
 */
export const isClientLimited = ({ paced, generatorShare }: ArmCell): boolean =>
  paced === undefined && generatorShare > generatorLimit

const scopeOf = ({ workload, point, contender }: ArmCell) => ({
  workload: workload.name,
  ...pointOf(point),
  contender,
})

const place = ({ workload, point, contender }: ArmCell): string =>
  `${contender} on ${workload.name} ${atPoint(point)}`

/** The gates of an arm: errors; the generator's share of a core and whether the server was at its limit, or those of a fixed rate. */
export const gatesOf = (arm: ArmCell): Gate[] => [
  {
    name: 'errors',
    ok: arm.errorCount === 0,
    basis: 'derived',
    ...scopeOf(arm),
    value: arm.errorCount,
    limit: 0,
  },
  ...(arm.paced === undefined
    ? [
        {
          name: 'generator',
          ok: !isClientLimited(arm),
          basis: 'derived' as const,
          ...scopeOf(arm),
          value: arm.generatorShare,
          limit: generatorLimit,
        },
        ...saturationGates(arm),
      ]
    : rateGates(arm, arm.paced)),
]

const warning = (arm: ArmCell, code: string, message: string): Warning => ({
  code,
  message,
  basis: 'derived',
  ...scopeOf(arm),
})

/** Why an arm has no number, or undefined when it may have one. */
export const refusal = (arm: ArmCell): Warning | undefined => {
  if (arm.errorCount > 0) {
    const counts = Object.entries(arm.errors)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ')
    const first = arm.windows.find((window) => window.firstError !== undefined)?.firstError
    return warning(
      arm,
      'CELL_ERRORS',
      `No number for ${place(arm)}: ${arm.errorCount} answers failed (${counts})` +
        (first === undefined ? '.' : `, first: ${first}`),
    )
  }
  if (arm.windows.every(({ requests }) => requests === 0))
    return warning(arm, 'CELL_EMPTY', `No number for ${place(arm)}: it gave no answer at all.`)
  return undefined
}

/** What a reader must know about an arm that has numbers. */
export const warningsOf = (arm: ArmCell): Warning[] => {
  const warnings = arm.paced === undefined ? [] : latencyRefusals(arm, arm.paced)
  if (isClientLimited(arm))
    warnings.push(
      warning(
        arm,
        'GENERATOR_BOUND',
        `The generator used ${Math.round(arm.generatorShare * 100)} % of a core for ${place(arm)} ` +
          `(limit ${generatorLimit * 100} %): its requests/s are at least the number shown. Cost is not affected.`,
      ),
    )
  // Where the generator was the limit that says it all.
  else warnings.push(...saturationWarnings(arm))
  const costKnown = arm.windows.every(({ cpuNs }) => cpuNs !== null)
  if (costKnown && arm.workload.database && arm.windows.some((w) => w.databaseCpuNs === null))
    warnings.push(
      warning(
        arm,
        'DATABASE_CPU_UNKNOWN',
        `The database's CPU time is not known for ${place(arm)}: the cost is that of its own processes alone.`,
      ),
    )
  return warnings
}

/** One for each verdict that ranks do not bear out. */
export const fragileWarnings = (comparisons: readonly Comparison[]): Warning[] =>
  comparisons
    .filter(({ family, fragile }) => family !== undefined && fragile === true)
    .map(({ workload, point, contender, verdict, blocks }) => ({
      code: 'FRAGILE',
      message:
        `The word "${verdict}" for ${contender} on ${workload} ${atPoint(point)} is fragile: the ranks of ` +
        `the ${blocks} blocks (Hodges-Lehmann, Wilcoxon) do not bear it out, so a few blocks carry it.`,
      basis: 'derived',
      workload,
      ...pointOf(point),
      contender,
    }))

/** Said of a cell in which the base takes no part. */
export const baseMissing = (arms: readonly ArmCell[], base: string): Warning[] => {
  const [first] = arms
  if (first === undefined || arms.some(({ contender }) => contender === base)) return []
  const { workload, point } = first
  const why =
    first.paced === undefined
      ? `${base} has no number there`
      : `${base} has no number there, or does not hold the rate`
  return [
    {
      code: 'BASE_MISSING',
      message: `Nothing is compared on ${workload.name} ${atPoint(point)}: ${why}.`,
      basis: 'derived',
      workload: workload.name,
      ...pointOf(point),
    },
  ]
}

/** What a reader must know about the contenders as a whole. */
export const contenderWarnings = ({ contenders, windows }: Raw): Warning[] =>
  contenders.flatMap(({ id, fresh }) => {
    const warnings: Warning[] = []
    const add = (code: string, message: string): number =>
      warnings.push({ code, message, basis: 'derived', contender: id })
    if (!fresh)
      add(
        'NOT_RESTARTED',
        `${id} ran before the bench and is not restarted between blocks: what differs from start to start ` +
          '(1 to 2 %) is not in its intervals.',
      )
    if (windows.some(({ contender, cpuNs }) => contender === id && cpuNs === null))
      add('COST_UNKNOWN', `${id} has no cost: its processes could not be found on this machine.`)
    return warnings
  })

/** Said where latency was measured in a run whose generator takes its share of the cores (`hasClosedLoops`). */
export const besideLoopsWarnings = ({ design: { connections, paced = [] } }: Raw): Warning[] =>
  connections.length === 0 || paced.length === 0
    ? []
    : [
        {
          code: 'RATE_BESIDE_LOOPS',
          message:
            'Latency was measured in a run with closed loops, in which the generator does not let others go first: where a ' +
            'database shares its core, answers took longer for that. Give --rate a run of its own, without --connections.',
          basis: 'derived',
        },
      ]

/** Whose warm-ups ended at their limit before the cost was seen to be steady, and on what, in one sentence. */
export const warmupWarnings = ({ warmups = [] }: Raw): Warning[] => {
  const cut = warmups.filter(({ steady }) => !steady)
  if (cut.length === 0) return []
  const longestMs = Math.max(...cut.map(({ durationMs }) => durationMs))
  const counted = (of: (warmup: (typeof warmups)[number]) => string): string =>
    [...Map.groupBy(warmups, of)]
      .flatMap(([name, all]) => {
        const count = all.filter(({ steady }) => !steady).length
        return count === 0 ? [] : [`${name} ${count} of ${all.length}`]
      })
      .join(', ')
  const workloads = new Set(warmups.map(({ workload }) => workload)).size
  return [
    {
      code: 'WARMUP_CUT',
      message:
        `Warm-ups ended at their limit (${(longestMs / 1000).toFixed(1)} s) before the cost was seen to be steady: ` +
        counted(({ contender }) => contender) +
        `${workloads > 1 ? `; by workload ${counted(({ workload }) => workload)}` : ''}. What a runtime still compiles ` +
        'then, V8 above all, may be in these numbers; more --budget or fewer workloads give it longer.',
      basis: 'derived',
    },
  ]
}
