/** Reads a result file, and trusts its derived part only after working it out again. */
import { readFile } from 'node:fs/promises'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../../src/errors.ts'
import { resultSchema, schemaVersion, type Result } from '../results.ts'
import { derive } from './derive.ts'
import { firstDifference } from './difference.ts'

/** Logarithms may differ in the last bits between versions of V8; a doctored number differs by more. */
const tolerance = 1e-9

const corrupt = (path: string, problem: string, cause?: unknown): GapwiseError =>
  new GapwiseError(
    'invalid',
    'RESULT_CORRUPT',
    `${path} is not a valid result file: ${problem}. Take it from where it was written again, or repeat the run.`,
    { cause },
  )

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new GapwiseError(
      'usage',
      'RESULT_UNREADABLE',
      `The result file ${path} cannot be read (${reason}): name one that "gapwise bench" has written.`,
      { cause: error },
    )
  }
}

const parse = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw corrupt(path, error instanceof Error ? error.message : String(error), error)
  }
}

const versionOf = (document: unknown): unknown =>
  typeof document === 'object' && document !== null && 'schemaVersion' in document
    ? document.schemaVersion
    : undefined

/**
 * Reads and checks a result file.
 * @throws GapwiseError `usage` RESULT_UNREADABLE; `invalid` RESULT_CORRUPT (not JSON, or not of the schema),
 *   RESULT_NEWER (written by a later gapwise) or RESULT_MISMATCH (its numbers do not follow from its windows)
 */
export const readResult = async (path: string): Promise<Result> => {
  const document = parse(path, await readText(path))
  const version = versionOf(document)
  if (typeof version === 'number' && version > schemaVersion)
    throw new GapwiseError(
      'invalid',
      'RESULT_NEWER',
      `${path} has schema version ${version} and this gapwise reads up to ${schemaVersion}: read it with the gapwise that wrote it, or a later one.`,
    )
  if (!Value.Check(resultSchema, document)) {
    const first = Value.Errors(resultSchema, document).First()
    throw corrupt(path, `${first?.path === '' ? 'the document' : first?.path}: ${first?.message}`)
  }
  const { summaries, comparisons, gaps, attribution, gates, warnings } = document
  const difference = firstDifference(
    { summaries, comparisons, gaps, attribution, gates, warnings },
    // Through JSON, as the stored side went.
    JSON.parse(JSON.stringify(derive(document))),
    tolerance,
  )
  if (difference !== undefined)
    throw new GapwiseError(
      'invalid',
      'RESULT_MISMATCH',
      `${path}: ${difference} does not follow from the file's own windows, so it was changed after the run or written by another version: repeat the run, or take the file from where it was written again.`,
    )
  return document
}
