/** `gapwise profiles [NAME]`: every profile, or what is in effect in one and where that was decided. */
import { exitCodes } from '../../src/errors.ts'
import { profileNames } from '../../src/profile/read.ts'
import { profileFacts } from '../catalogue/profiles.ts'
import type { Io } from '../io.ts'
import { renderProfile, renderProfileList } from '../report/profile-text.ts'
import type { TellOptions } from './toggles.ts'

/**
 * Prints profiles; returns the exit code.
 * @param spec a name or a .json file, bent or not
 * @throws what resolveProfile throws
 */
export async function profiles(
  spec: string | undefined,
  { json }: TellOptions,
  io: Io,
): Promise<number> {
  if (spec === undefined) {
    const all = await Promise.all(profileNames().map(profileFacts))
    io.out(json ? `${JSON.stringify(all, null, 2)}\n` : renderProfileList(all))
  } else {
    const one = await profileFacts(spec)
    io.out(json ? `${JSON.stringify(one, null, 2)}\n` : renderProfile(one))
  }
  return exitCodes.ok
}
