/** Reads profile files; every error names the file and the key. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../errors.ts'
import { readJsonFile } from '../json-file.ts'
import { ProfileFileSchema, type ProfileFile } from '../profile.ts'
import { suggest } from '../suggest.ts'
import { isProfileFile } from './spec.ts'

/** The folder of the profiles that gapwise ships. */
export const profilesFolder = new URL('../../profiles/', import.meta.url)

/** Names of all profiles in a folder, sorted. */
export function profileNames(folder: URL = profilesFolder): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'schema.json')
    .map((file) => basename(file, '.json'))
    .toSorted()
}

/** The path of a profile: as given where it is a file, else in the folder. */
function profilePath(name: string, folder: URL): string {
  if (isProfileFile(name)) {
    const path = resolve(name)
    if (existsSync(path)) return path
    throw new GapwiseError(
      'usage',
      'UNKNOWN_PROFILE',
      `There is no file ${path}. Name a profile (${profileNames(folder).join(', ')}) or a .json file that exists.`,
    )
  }
  const known = profileNames(folder)
  if (!known.includes(name)) {
    throw new GapwiseError(
      'usage',
      'UNKNOWN_PROFILE',
      `There is no profile "${name}". ${suggest(name, known)}`,
    )
  }
  return fileURLToPath(new URL(`${name}.json`, folder))
}

/**
 * Reads and validates one profile file.
 * @param name a name, or the path of a .json file
 * @throws GapwiseError usage UNKNOWN_PROFILE, BAD_JSON or BAD_PROFILE
 */
export function readProfile(name: string, folder: URL = profilesFolder): ProfileFile {
  const file = profilePath(name, folder)
  const content = readJsonFile(file)
  const error = Value.Errors(ProfileFileSchema, content).First()
  if (error !== undefined) {
    throw new GapwiseError(
      'usage',
      'BAD_PROFILE',
      `${file}: ${error.path || '/'}: ${error.message}, found ${JSON.stringify(error.value) ?? 'nothing'}. Allowed keys: description, extends, toggles, $schema.`,
    )
  }
  return content as ProfileFile
}
