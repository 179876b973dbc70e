/** Writes bench/result.schema.json, the published form of the TypeBox schema: `node bench/result/json-schema.ts`. */
import { writeFile } from 'node:fs/promises'
import { resultSchema } from '../results.ts'

/** Where the published schema lies. */
export const schemaFile = new URL('../result.schema.json', import.meta.url)

/** The published schema as text, for editors and for programs in other languages. */
export const renderSchema = (): string =>
  `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...resultSchema }, null, 2)}\n`

if (import.meta.main) await writeFile(schemaFile, renderSchema())
