/** Finds in the published results what each toggle was measured to be worth: every pair of contenders that differ in it alone. */
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type { Measured } from '../catalogue.ts'
import { effectOf, resultFiles, seenFrom } from '../effect.ts'
import { toggleExpectations } from '../expectations.ts'
import { pointKey } from '../point.ts'
import { isShown } from '../report/effect.ts'
import { verdictOf } from '../report/view.ts'
import { readResult } from '../result/read.ts'
import type { Comparison, ContenderFacts, Result } from '../results.ts'

/** A result file that is kept with the project. */
export interface Published {
  /** From the project's folder. */
  readonly path: string
  readonly result: Result
}

const publishedFolder = new URL('../results/published/', import.meta.url)

/**
 * Reads every published result, newest run first.
 * @throws what readResult throws: a published file that cannot be trusted is a fault of the project
 */
export async function publishedResults(folder: URL = publishedFolder): Promise<Published[]> {
  const all = await Promise.all(
    resultFiles(fileURLToPath(folder)).map(async (path) => ({
      path: `bench/results/published/${basename(path)}`,
      result: await readResult(path),
    })),
  )
  // By the run's own time: a clone gives all files the same one.
  return all.toSorted(
    (one, other) =>
      other.result.startedAt.localeCompare(one.result.startedAt) ||
      one.path.localeCompare(other.path),
  )
}

/** The one toggle that a contender has more or less than its base; undefined when they differ otherwise. */
function singleDifference(
  base: ContenderFacts,
  contender: ContenderFacts,
): (Pick<Measured, 'way'> & { readonly toggle: string }) | undefined {
  if (base.kind !== 'profile' || contender.kind !== 'profile') return undefined
  const names = [...new Set([...Object.keys(base.toggles), ...Object.keys(contender.toggles)])]
  const different = names.filter(
    (name) => !isDeepStrictEqual(base.toggles[name], contender.toggles[name]),
  )
  const [toggle] = different
  if (toggle === undefined || different.length > 1) return undefined
  const before = toggle in base.toggles
  const after = toggle in contender.toggles
  // The same toggle with other options is neither added nor left out.
  if (before === after) return undefined
  return { toggle, way: after ? 'added' : 'left out' }
}

/** One comparison for each workload and operating point: the one that the toggle is judged by. */
function deciding(
  toggle: string,
  result: Result,
  comparisons: readonly Comparison[],
): Comparison[] {
  const expectation = toggleExpectations[toggle]
  const rank = ({ workload }: Comparison): number => {
    if (expectation?.moves.includes(workload) === true) return 0
    return expectation?.still.includes(workload) === true ? 1 : 2
  }
  const cells = Map.groupBy(comparisons, ({ workload, point }) => `${workload} ${pointKey(point)}`)
  return [...cells.values()]
    .flatMap((cell) => {
      // At a fixed rate there is no capacity: what would move it shows as latency.
      const limit = (['capacity', 'latencyP99', 'latencyP50'] as const)
        .map((wanted) => cell.find(({ metric }) => metric === wanted))
        .find((each) => each !== undefined)
      const told =
        expectation?.metric === 'capacity' && limit !== undefined ? limit : verdictOf(result, cell)
      return told !== undefined && isShown(told.metric) ? [told] : []
    })
    .toSorted((one, other) => rank(one) - rank(other))
}

function inResult({ path, result }: Published): [toggle: string, measured: Measured][] {
  if (result.state === 'running' || result.state === 'invalid') return []
  return result.contenders.flatMap((base, index) => {
    const pairs = result.contenders.slice(index + 1).flatMap((contender) => {
      const difference = singleDifference(base, contender)
      return difference === undefined ? [] : [{ contender, ...difference }]
    })
    if (pairs.length === 0) return []
    const rebased = index === 0 ? result : seenFrom(result, base.id)
    if (rebased === undefined) return []
    return pairs.flatMap(({ contender, toggle, way }): [string, Measured][] => {
      const effect = effectOf(contender, rebased, path)
      if (effect === undefined) return []
      const comparisons = deciding(toggle, rebased, effect.comparisons)
      if (comparisons.length === 0) return []
      return [[toggle, { ...effect, way, base: base.id, contender: contender.id, comparisons }]]
    })
  })
}

/**
 * What was measured of each toggle, in the order of the results. Two contenders count that differ in exactly
 * one toggle, by the toggles that they ran with and not by how they were written; the earlier one is the base.
 */
export const measuredByToggle = (results: readonly Published[]): Map<string, Measured[]> =>
  new Map(
    [...Map.groupBy(results.flatMap(inResult), ([toggle]) => toggle)].map(([toggle, all]) => [
      toggle,
      all.map(([, measured]) => measured),
    ]),
  )
