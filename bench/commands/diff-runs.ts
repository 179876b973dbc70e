/** `gapwise diff OLD.json NEW.json`: what changed from one run to a later one. */
import { existsSync, readFileSync } from 'node:fs'
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import type { Io } from '../io.ts'
import { differenceLine, renderAcross, type AcrossReport } from '../report/across.ts'
import { compareRuns } from '../result/across.ts'
import { contenderChanges, obstacles } from '../result/obstacles.ts'
import { readResult } from '../result/read.ts'

/** Options as commander gives them. */
export interface DiffRunsOptions {
  readonly allowDifferent: boolean
  readonly json: boolean
}

/** Whether a word names a result file, and not a profile: both may end in .json. */
export function isResultFile(word: string): boolean {
  if (!word.endsWith('.json') || !existsSync(word)) return false
  try {
    const document: unknown = JSON.parse(readFileSync(word, 'utf8'))
    return typeof document === 'object' && document !== null && 'schemaVersion' in document
  } catch {
    // What is no JSON is refused by whoever reads it as a profile.
    return false
  }
}

const notComparable = (code: string, message: string): GapwiseError =>
  new GapwiseError('notComparable', code, message)

/**
 * Works out what changed.
 * @throws GapwiseError `notComparable` RUN_INVALID, RUNS_DIFFER or NOTHING_IN_COMMON; what readResult throws
 */
async function report(
  oldPath: string,
  newPath: string,
  allowDifferent: boolean,
): Promise<AcrossReport> {
  const old = await readResult(oldPath)
  const later = await readResult(newPath)
  for (const [path, { state }] of [
    [oldPath, old],
    [newPath, later],
  ] as const)
    if (state === 'invalid' || state === 'running')
      throw notComparable(
        'RUN_INVALID',
        `${path} is ${state === 'invalid' ? 'invalid, see its gates' : 'still running, or was killed'}: compare runs that ended.`,
      )
  const against = obstacles(old, later)
  if (against.length > 0 && !allowDifferent)
    throw notComparable(
      'RUNS_DIFFER',
      `${oldPath} and ${newPath} are not alike, so what differs is not the contenders' doing alone:\n` +
        against.map((each) => `  ${differenceLine(each)}\n`).join('') +
        'Measure both in one run, or on the same machine with the same options from clean trees; to compare all the same add --allow-different.',
    )
  const cells = compareRuns(old, later)
  if (cells.length === 0)
    throw notComparable(
      'NOTHING_IN_COMMON',
      `${oldPath} and ${newPath} share no contender on the same workload and connections with numbers in both: the old one holds ${old.contenders.map(({ id }) => id).join(', ')}, the new one ${later.contenders.map(({ id }) => id).join(', ')}.`,
    )
  return {
    old: { path: oldPath, result: old },
    new: { path: newPath, result: later },
    obstacles: against,
    changes: contenderChanges(old, later),
    cells,
  }
}

/** Prints what changed; returns the exit code. */
export async function diffRuns(
  oldPath: string,
  newPath: string,
  { allowDifferent, json }: DiffRunsOptions,
  io: Io,
): Promise<number> {
  const found = await report(oldPath, newPath, allowDifferent)
  if (json) {
    const side = ({ path, result }: AcrossReport['old']) => ({
      path,
      id: result.id,
      startedAt: result.startedAt,
      git: result.environment.git ?? null,
    })
    const document = {
      old: side(found.old),
      new: side(found.new),
      comparable: found.obstacles.length === 0,
      obstacles: found.obstacles,
      changes: found.changes,
      cells: found.cells,
    }
    io.out(`${JSON.stringify(document, null, 2)}\n`)
  } else io.out(renderAcross(found))
  return exitCodes.ok
}
