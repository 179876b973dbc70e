/** Files that a peer brings: what is wrong with one is told with the file and the key. */
import { readFile } from 'node:fs/promises'
import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../src/errors.ts'

/**
 * Reads JSON of this form.
 * @throws GapwiseError `usage` PEER_MANIFEST (names the file and the key)
 */
export async function readJson<T extends TSchema>(file: string, schema: T): Promise<Static<T>> {
  const text = await readText(file)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw unreadable(file, `is not JSON: ${error instanceof Error ? error.message : ''}`, error)
  }
  const problem = Value.Errors(schema, value).First()
  if (problem !== undefined) throw invalid(file, keyOf(problem.path), problem.message)
  return value
}

/**
 * Reads a file.
 * @throws GapwiseError `usage` PEER_MANIFEST
 */
export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, 'cannot be read', error)
  })

const unreadable = (file: string, reason: string, cause: unknown): GapwiseError =>
  new GapwiseError(
    'usage',
    'PEER_MANIFEST',
    `${file} ${reason}. Every peer is a folder with a peer.json as bench/peers/README.md describes it.`,
    { cause },
  )

/** `/levels/default/start/0` as a person would write it: `levels.default.start.0`. */
const keyOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')

/** An error about one key of a file. */
export const invalid = (file: string, key: string, problem: string): GapwiseError =>
  new GapwiseError(
    'usage',
    'PEER_MANIFEST',
    `${file}: ${key === '' ? 'the whole file' : `"${key}"`}: ${problem}. The keys are described in bench/peers/README.md.`,
  )
