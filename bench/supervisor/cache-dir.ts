/** Tells where files that outlive a run are kept: the user's cache folder. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * The folder `gapwise/PARTS` of the user's cache folder, made if need be, closed to other users.
 * `XDG_CACHE_HOME` decides where it is (a relative value is ignored, as the XDG specification asks), else ~/.cache.
 */
export const cacheDir = (...parts: readonly string[]): string => {
  const asked = process.env['XDG_CACHE_HOME']
  const base = asked && isAbsolute(asked) ? asked : join(homedir(), '.cache')
  const dir = join(base, 'gapwise', ...parts)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  return dir
}
