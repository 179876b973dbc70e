/** Tells where files that outlive a run are kept: the user's cache folder. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { GapwiseError } from '../../src/errors.ts'

/**
 * The folder `gapwise/PARTS` of the user's cache folder, made if need be, closed to other users.
 * `XDG_CACHE_HOME` decides where it is (a relative value is ignored, as the XDG specification asks), else ~/.cache.
 * @throws GapwiseError `environment` CACHE_UNWRITABLE
 */
export const cacheDir = (...parts: readonly string[]): string => {
  const asked = process.env['XDG_CACHE_HOME']
  const base = asked && isAbsolute(asked) ? asked : join(homedir(), '.cache')
  const dir = join(base, 'gapwise', ...parts)
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    return dir
  } catch (error) {
    throw new GapwiseError(
      'environment',
      'CACHE_UNWRITABLE',
      `expected to write to the cache folder ${dir}, but ${(error as Error).message}; ` +
        'give it to this user (a run with sudo may own it), or set XDG_CACHE_HOME to a folder that it may write',
      { cause: error },
    )
  }
}
