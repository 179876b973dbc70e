/** Reads the file of a mix; every error names the file and the key. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../../../src/errors.ts'
import { readJsonFile } from '../../../src/json-file.ts'

const heaviest = 1000

const MixFileSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    description: Type.String({ minLength: 1 }),
    /** By workload: its steps among as many steps as all weights make. */
    weights: Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: heaviest }), {
      minProperties: 1,
    }),
  },
  { additionalProperties: false },
)
export type MixFile = Static<typeof MixFileSchema>

/** Whether a word of the command line names a file (DESIGN 6). */
export const isMixFile = (word: string): boolean => word.includes('/') || word.endsWith('.json')

/**
 * Reads and checks a mix.
 * @param file path of a .json file
 * @throws GapwiseError `usage` UNKNOWN_WORKLOAD, BAD_JSON or BAD_MIX
 */
export function readMixFile(file: string): MixFile {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new GapwiseError(
      'usage',
      'UNKNOWN_WORKLOAD',
      `Expected the file of a mix at ${resolve(file)}, found none. A word with "/" or ending in .json is a file; gapwise workloads lists the names.`,
    )
  const content = readJsonFile(file)
  if (Value.Check(MixFileSchema, content)) return content
  const error = Value.Errors(MixFileSchema, content).First()
  throw new GapwiseError(
    'usage',
    'BAD_MIX',
    `${file}: ${error?.path || '/'}: found ${JSON.stringify(error?.value) ?? 'nothing'}. A mix has "description" (text) and ` +
      `"weights" (workloads with whole numbers from 1 to ${heaviest}; leave out what is not wanted), and nothing else.`,
  )
}
