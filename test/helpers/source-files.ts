/** Our own source files with what each imports, read from their text: for tests of the tree's rules. */
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface SourceFile {
  /** From the project's folder: `src/app.ts`. */
  readonly path: string
  readonly text: string
  /** The text without types, types' imports included. */
  readonly code: string
  /** What it imports for its types or values: `src/errors.ts`, `node:fs`, `fastify`. */
  readonly imports: readonly string[]
  /** What is loaded with it: no types, and nothing that waits for a call of import(). */
  readonly valueImports: readonly string[]
  readonly lateImports: readonly string[]
  /** Folders and files that it names by URL, to import or read: `src/toggles/`. */
  readonly urls: readonly string[]
}

const comment = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm
const fromStart =
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]/gm
const whenCalled = /\bimport\(\s*['"]([^'"]+)['"]/g
const url = /new URL\(\s*['"`]([^'"`]+)['"`],\s*import\.meta\.url/g

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap((match) =>
    match.slice(1).filter((each) => each !== undefined),
  )

/** Reads every TypeScript file of the given folders, but none of installed packages. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      globSync(`${folder}/**/*.ts`, { cwd: root, exclude: ['**/node_modules', 'bench/peers'] }),
    )
    .toSorted()
    .map((path) => {
      const text = readFileSync(`${root}${path}`, 'utf8')
      const resolved = (each: string): string =>
        each.startsWith('.') ? posix.join(posix.dirname(path), each) : each
      const bare = text.replaceAll(comment, '')
      const code = stripTypeScriptTypes(text).replaceAll(comment, '')
      return {
        path,
        text,
        code,
        imports: [...found(bare, fromStart), ...found(bare, whenCalled)].map(resolved),
        valueImports: found(code, fromStart).map(resolved),
        lateImports: found(code, whenCalled).map(resolved),
        urls: found(code, url).map((each) => posix.join(posix.dirname(path), each)),
      }
    })
}

/**
 * Everything that a file's values reach, itself only if it is in a circle.
 * @param late follow import() as well
 */
export function reachable(
  path: string,
  files: ReadonlyMap<string, SourceFile>,
  { late }: { late: boolean },
): Set<string> {
  const seen = new Set<string>()
  const visit = (each: string): void => {
    const file = files.get(each)
    if (file === undefined) return
    for (const next of late ? [...file.valueImports, ...file.lateImports] : file.valueImports) {
      if (seen.has(next)) continue
      seen.add(next)
      visit(next)
    }
  }
  visit(path)
  return seen
}
