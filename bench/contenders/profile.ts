/** A contender that is a profile of ours: `node src/main.ts PROFILE` on a free port, proved by GET /profile. */
import { isDeepStrictEqual } from 'node:util'
import { fileURLToPath } from 'node:url'
import { GapwiseError } from '../../src/errors.ts'
import { effectiveToggles, type ResolvedProfile } from '../../src/profile.ts'
import { memberNames } from '../../src/registry.ts'
import { serverVersions } from '../../src/versions.ts'
import type { Contender } from '../contender.ts'
import { profileInstallSize } from '../footprint/install-size.ts'
import { askIdentity } from '../server-probe.ts'
import { environmentOf } from './environment.ts'
import { startOnFreePort } from './spawned.ts'

const serverEntry = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const endpointsFolder = new URL('../../src/endpoints/', import.meta.url)

/** Makes a contender of a resolved profile. */
export function profileContender(profile: ResolvedProfile): Contender {
  const toggles = effectiveToggles(profile)
  return {
    id: profile.name,
    kind: 'profile',
    toggles,
    versions: serverVersions(),
    endpoints: memberNames(endpointsFolder),
    fresh: true,
    unavailable: async () => undefined,
    prepare: async () => {},
    installSize: profileInstallSize,
    start: (site) =>
      startOnFreePort({
        id: profile.name,
        readyPath: '/readyz',
        spawn: (port) =>
          site.supervisor.spawn({
            name: `contender-${profile.name.replaceAll(/[^a-z0-9-]+/gi, '-')}`,
            command: process.execPath,
            args: [serverEntry, profile.name],
            env: {
              ...environmentOf(site, { port }),
              ...site.preload?.(undefined),
              GAPWISE_RUN_ID: site.supervisor.runId,
            },
            ...(site.cores === undefined ? {} : { cores: site.cores }),
          }),
        verify: (url) => verifyProfile(url, profile.name, site.supervisor.runId, toggles),
      }),
  }
}

/**
 * Asks a server what it runs and compares it with what was asked for.
 * @throws GapwiseError contender STALE_SERVER or PROFILE_DIFFERS
 */
async function verifyProfile(
  url: URL,
  id: string,
  runId: string,
  toggles: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await askIdentity(url)
  if ('failure' in answer) {
    throw new GapwiseError(
      'contender',
      'CONTENDER_SILENT',
      `${url.href}profile should tell what ${id} runs, found no answer (${answer.failure}) although its process lives. Repeat the command on a machine that is less busy.`,
    )
  }
  if ('found' in answer) {
    throw new GapwiseError(
      'contender',
      'STALE_SERVER',
      `${url.href}profile should tell what ${id} runs, found ${answer.found}: another server answers there. End it, then repeat the command.`,
    )
  }
  if (answer.runId !== runId) {
    throw new GapwiseError(
      'contender',
      'STALE_SERVER',
      `${url.href} should belong to run ${runId}, found run "${answer.runId}" (process ${answer.pid}). End that server and repeat the command.`,
    )
  }
  if (!isDeepStrictEqual(answer.toggles, toggles)) {
    throw new GapwiseError(
      'contender',
      'PROFILE_DIFFERS',
      `${id} should run ${JSON.stringify(toggles)}, found ${JSON.stringify(answer.toggles)}. A toggle did not take effect: this is a fault of gapwise, please report it.`,
    )
  }
}
