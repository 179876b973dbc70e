/** Writes the files that are made from the code: `npm run generate`. A test checks that they are fresh. */
import { readFileSync, writeFileSync } from 'node:fs'
import { profileNames } from '../src/profile/read.ts'
import { loadToggle, toggleNames } from '../src/profile/resolve.ts'
import { profileSchema } from '../src/profile/schema.ts'
import { resultSchema } from './results.ts'

/** One generated file. */
export interface Generated {
  readonly file: URL
  readonly content: string
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Every generated file with the content that it should have. */
export async function generatedFiles(): Promise<Generated[]> {
  const toggles = await Promise.all(toggleNames().map((name) => loadToggle(name, 'generate')))
  return [
    {
      file: new URL('../profiles/schema.json', import.meta.url),
      content: asJson(profileSchema(toggles, profileNames())),
    },
    {
      file: new URL('result.schema.json', import.meta.url),
      content: asJson({ $schema: 'http://json-schema.org/draft-07/schema#', ...resultSchema }),
    },
  ]
}

/** Whether a generated file on disk is what it should be. */
export const isFresh = ({ file, content }: Generated): boolean =>
  readFileSync(file, 'utf8') === content

if (import.meta.main) {
  for (const { file, content } of await generatedFiles()) writeFileSync(file, content)
}
