/** The measured effect of one profile against another, taken from a result file. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { GapwiseError } from '../src/errors.ts'
import { effectiveToggles, type ResolvedProfile } from '../src/profile.ts'
import { isIndicative } from './result/firmness.ts'
import { derive } from './result/derive.ts'
import { readResult } from './result/read.ts'
import type { Comparison, ContenderFacts, Result } from './results.ts'

/** What one profile is worth against another, in one run. */
export interface Effect {
  /** Of the result file. */
  readonly path: string
  readonly startedAt: string
  readonly indicative: boolean
  readonly blocks: number
  readonly comparisons: readonly Comparison[]
}

/** The contender of this profile in a result; undefined when it was not measured, or with other toggles. */
const contenderOf = (result: Result, profile: ResolvedProfile): ContenderFacts | undefined =>
  result.contenders.find(
    ({ id, kind, toggles }) =>
      kind === 'profile' &&
      id === profile.name &&
      isDeepStrictEqual(toggles, effectiveToggles(profile)),
  )

/** The same run with its comparisons worked out against another contender; undefined where it is not in the run. */
export function seenFrom(result: Result, id: string): Result | undefined {
  const base = result.contenders.find((each) => each.id === id)
  if (base === undefined) return undefined
  const rest = result.contenders.filter((each) => each !== base)
  const rebased = { ...result, contenders: [base, ...rest] }
  return { ...rebased, ...derive(rebased) }
}

/** The same run seen from each peer that was named with `--against`. */
export const seenFromPeers = (result: Result): Result[] =>
  (result.design.against ?? []).flatMap((peer) => seenFrom(result, peer) ?? [])

/** The effect of a contender against the base of a result; undefined where there are no numbers. */
export function effectOf(
  contender: ContenderFacts,
  result: Result,
  path: string,
): Effect | undefined {
  const comparisons = result.comparisons.filter((each) => each.contender === contender.id)
  if (comparisons.length === 0) return undefined
  return {
    path,
    startedAt: result.startedAt,
    indicative: isIndicative(result),
    blocks: Math.max(...comparisons.map(({ blocks }) => blocks)),
    comparisons,
  }
}

/** The effect of `b` against `a` in a result, whatever the result's own base was; undefined when one is missing. */
export function effectIn(
  result: Result,
  path: string,
  a: ResolvedProfile,
  b: ResolvedProfile,
): Effect | undefined {
  const base = contenderOf(result, a)
  const contender = contenderOf(result, b)
  const seen = base && seenFrom(result, base.id)
  return seen === undefined || contender === undefined ? undefined : effectOf(contender, seen, path)
}

/**
 * The effect in a named result file.
 * @throws GapwiseError notComparable NOT_IN_RESULT; what readResult throws
 */
export async function effectFromFile(
  path: string,
  a: ResolvedProfile,
  b: ResolvedProfile,
): Promise<Effect> {
  const result = await readResult(path)
  const effect = effectIn(result, path, a, b)
  if (effect !== undefined) return effect
  throw new GapwiseError(
    'notComparable',
    'NOT_IN_RESULT',
    `${path} has no numbers for both ${a.name} and ${b.name} as they are now; it holds ${result.contenders.map(({ id }) => id).join(', ')}. Measure them: npm run diff -- ${a.name} ${b.name} --measure.`,
  )
}

/** The newest result in the folder that measured both as they are now; files that cannot be read are passed over. */
export async function newestEffect(
  folder: string,
  a: ResolvedProfile,
  b: ResolvedProfile,
): Promise<Effect | undefined> {
  for (const path of resultFiles(folder)) {
    const result = await readResult(path).catch((error: unknown) => {
      if (error instanceof GapwiseError) return undefined
      throw error
    })
    const effect = result === undefined ? undefined : effectIn(result, path, a, b)
    if (effect !== undefined) return effect
  }
  return undefined
}

/** Paths of all result files in a folder, newest first; none when there is no such folder. */
export function resultFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const path = join(folder, name)
      // Another command may remove a file between the two looks.
      const entry = statSync(path, { throwIfNoEntry: false })
      return entry?.isFile() === true ? [{ path, changedMs: entry.mtimeMs }] : []
    })
    .toSorted((one, other) => other.changedMs - one.changedMs)
    .map(({ path }) => path)
}
