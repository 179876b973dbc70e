/** Open sets: the folder is the list, the file name is the name, and a member is loaded only when asked for. */
import { readdirSync } from 'node:fs'

/**
 * The names of all members of a folder, sorted.
 * @param folder URL of the folder, ending in `/`
 */
export function memberNames(folder: URL): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted()
}

/**
 * Imports one member and returns its default export.
 * @param name must be one of `memberNames(folder)`: the caller checks it and words the error
 */
export async function loadMember<T>(folder: URL, name: string): Promise<T> {
  const module = (await import(new URL(`${name}.ts`, folder).href)) as { default: T }
  return module.default
}
