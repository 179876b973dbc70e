/** Reads a toggle's recipe and shows it as the lines that it changes. */
import { existsSync, readFileSync } from 'node:fs'
import { structuredPatch } from 'diff'
import type { Recipe } from '../catalogue.ts'

const recipesFolder = new URL('../../docs/recipes/', import.meta.url)

/** The whole of `after` with its changed lines; the apps are short, so that nothing is left out. */
function wholeDiff(before: string, after: string): string {
  const context = Math.max(before.length, after.length)
  const { hunks } = structuredPatch('before.js', 'after.js', before, after, '', '', { context })
  return hunks.flatMap(({ lines }) => lines).join('\n')
}

/** The recipe of a toggle; null where there is none. */
export function readRecipe(toggle: string, folder: URL = recipesFolder): Recipe | null {
  const before = new URL(`${toggle}/before.js`, folder)
  const after = new URL(`${toggle}/after.js`, folder)
  if (!existsSync(before) || !existsSync(after)) return null
  return {
    folder: `docs/recipes/${toggle}`,
    diff: wholeDiff(readFileSync(before, 'utf8'), readFileSync(after, 'utf8')),
  }
}
