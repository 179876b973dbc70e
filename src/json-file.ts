/** Reads a user's JSON file; the error names the file. */
import { readFileSync } from 'node:fs'
import { GapwiseError } from './errors.ts'

/**
 * Reads a file that is there.
 * @throws GapwiseError `usage` BAD_JSON when it cannot be read or is no JSON
 */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new GapwiseError(
      'usage',
      'BAD_JSON',
      `${file} is not valid JSON: ${reason}. Correct the file.`,
      { cause },
    )
  }
}
