/** Reads a result file, and trusts its derived part only after working it out again; one of older rules is replaced. */
import { readFile } from 'node:fs/promises'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../../src/errors.ts'
import {
  analysisVersion,
  resultSchema,
  schemaVersion,
  type Derived,
  type Result,
} from '../results.ts'
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A whole number of the document; undefined for anything else, which the schema then refuses. */
const versionIn = (document: unknown, key: string): number | undefined => {
  const version = isRecord(document) ? document[key] : undefined
  return typeof version === 'number' ? version : undefined
}

const newer = (path: string, what: string, version: number, known: number): GapwiseError =>
  new GapwiseError(
    'invalid',
    'RESULT_NEWER',
    `${path} has ${what} version ${version} and this gapwise reads up to ${known}: read it with the gapwise that wrote it, or a later one.`,
  )

/** Derived rows of older rules may have another shape, and are not looked at: only what they follow from is. */
const withoutOldRows = (document: unknown): unknown => {
  if (!isRecord(document)) return document
  const { controls: _controls, limits: _limits, curves: _curves, ...others } = document
  return { ...others, summaries: [], comparisons: [], gaps: [], attribution: [] }
}

const checkShape = (path: string, document: unknown): Result => {
  if (Value.Check(resultSchema, document)) return document
  const first = Value.Errors(resultSchema, document).First()
  throw corrupt(path, `${first?.path === '' ? 'the document' : first?.path}: ${first?.message}`)
}

/** Works the derived part out; histograms whose parts contradict each other are found here. */
const derived = (path: string, result: Result): Derived => {
  try {
    return derive(result)
  } catch (error) {
    if (error instanceof RangeError) throw corrupt(path, error.message, error)
    throw error
  }
}

/**
 * Reads and checks a result file. Its derived part must follow from its windows; where it was made by the rules of
 * an older `analysis` version (or says none), it is worked out anew and the file is left as it is.
 * @throws GapwiseError `usage` RESULT_UNREADABLE; `invalid` RESULT_CORRUPT (not JSON, or not of the schema),
 *   RESULT_NEWER (written by a later gapwise) or RESULT_MISMATCH (its numbers do not follow from its windows)
 */
export const readResult = async (path: string): Promise<Result> => {
  const document = parse(path, await readText(path))
  const version = versionIn(document, 'schemaVersion')
  if (version !== undefined && version > schemaVersion)
    throw newer(path, 'schema', version, schemaVersion)
  const analysis = versionIn(document, 'analysis') ?? 1
  if (analysis > analysisVersion) throw newer(path, 'analysis', analysis, analysisVersion)
  if (analysis < analysisVersion) {
    const old = checkShape(path, withoutOldRows(document))
    return { ...old, analysis: analysisVersion, ...derived(path, old) }
  }
  const result = checkShape(path, document)
  const { summaries, comparisons, controls, gaps, attribution, gates, warnings } = result
  const { footprintSummaries, limits, curves } = result
  const difference = firstDifference(
    {
      summaries,
      comparisons,
      controls,
      gaps,
      attribution,
      gates,
      warnings,
      footprintSummaries,
      ...(limits === undefined ? {} : { limits }),
      ...(curves === undefined ? {} : { curves }),
    },
    // Through JSON, as the stored side went.
    JSON.parse(JSON.stringify(derived(path, result))),
    tolerance,
  )
  if (difference !== undefined)
    throw new GapwiseError(
      'invalid',
      'RESULT_MISMATCH',
      `${path}: ${difference} does not follow from the file's own windows, so it was changed after the run or written by another version: repeat the run, or take the file from where it was written again.`,
    )
  return result
}
