/** What this process tells of itself at GET /profile. */
import type { Identity } from './endpoint.ts'
import { effectiveToggles, type ResolvedProfile } from './profile.ts'
import { serverVersions } from './versions.ts'

/**
 * @param workers how many processes serve
 * @param runId names the run that started them; empty when nobody said
 */
export const identityOf = (profile: ResolvedProfile, workers: number, runId: string): Identity => ({
  name: profile.name,
  description: profile.description,
  runId,
  pid: process.pid,
  workers,
  toggles: effectiveToggles(profile),
  versions: serverVersions(),
})
