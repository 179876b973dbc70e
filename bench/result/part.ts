/** A part of a result for readers: some of its workloads or contenders. The intervals and words stay those of the whole run. */
import { GapwiseError } from '../../src/errors.ts'
import { suggest } from '../../src/suggest.ts'
import type { Result } from '../results.ts'

/** What is to be shown; all where absent. */
export interface Part {
  readonly workloads?: readonly string[] | undefined
  readonly contenders?: readonly string[] | undefined
}

function assertKnown(kind: string, wanted: readonly string[], known: readonly string[]): void {
  const stranger = wanted.find((name) => !known.includes(name))
  if (stranger !== undefined)
    throw new GapwiseError(
      'usage',
      'NOT_IN_RESULT',
      `The result has no ${kind} "${stranger}". ${suggest(stranger, known)}`,
    )
}

/**
 * Leaves out what is about other workloads and contenders; the base always stays.
 * @throws GapwiseError `usage` NOT_IN_RESULT
 */
export function partOf(result: Result, { workloads, contenders }: Part): Result {
  const allWorkloads = result.design.workloads.map(({ name }) => name)
  const allContenders = result.contenders.map(({ id }) => id)
  assertKnown('workload', workloads ?? [], allWorkloads)
  assertKnown('contender', contenders ?? [], allContenders)
  const shown = new Set(workloads ?? allWorkloads)
  const present = new Set([
    ...allContenders.slice(0, 1),
    ...(contenders ?? allContenders),
    ...(result.control === undefined ? [] : [result.control.id]),
  ])
  const isMeant = (about: {
    readonly workload?: string | undefined
    readonly contender?: string | undefined
    readonly peer?: string
  }): boolean =>
    (about.workload === undefined || shown.has(about.workload)) &&
    (about.contender === undefined || present.has(about.contender)) &&
    (about.peer === undefined || present.has(about.peer))
  return {
    ...result,
    design: {
      ...result.design,
      workloads: result.design.workloads.filter(({ name }) => shown.has(name)),
    },
    contenders: result.contenders.filter(({ id }) => present.has(id)),
    summaries: result.summaries.filter(isMeant),
    comparisons: result.comparisons.filter(isMeant),
    ...(result.controls === undefined ? {} : { controls: result.controls.filter(isMeant) }),
    gaps: result.gaps.filter(isMeant),
    attribution: result.attribution.filter(isMeant),
    ...(result.limits === undefined ? {} : { limits: result.limits.filter(isMeant) }),
    ...(result.curves === undefined ? {} : { curves: result.curves.filter(isMeant) }),
    gates: result.gates.filter(isMeant),
    warnings: result.warnings.filter(isMeant),
    ...(result.footprintSummaries === undefined
      ? {}
      : { footprintSummaries: result.footprintSummaries.filter(isMeant) }),
  }
}
