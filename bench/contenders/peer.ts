/** A contender that is a peer: its own command, started on a free port in its own folder. */
import type { Contender } from '../contender.ts'
import { peerInstallSize } from '../footprint/install-size.ts'
import { installPeer } from '../install-peer.ts'
import { type Peer, peerLevel } from '../peer.ts'
import { missingFor } from '../peer-readiness.ts'
import { resolveTool } from '../toolchain.ts'
import { environmentOf } from './environment.ts'
import { type Start, startOnFreePort } from './spawned.ts'

/**
 * Makes a contender of one level of a peer.
 * @param parts what tests replace
 * @throws GapwiseError `usage` UNKNOWN_LEVEL
 */
export function peerContender(
  peer: Peer,
  level: string,
  parts: Pick<Start, 'choosePort' | 'patience'> = {},
): Contender {
  const { manifest, folder } = peer
  const chosen = peerLevel(peer, level)
  const id = `${peer.id}:${level}`
  const runtime = chosen.start[0] === 'node' ? { node: process.version } : {}
  return {
    id,
    kind: 'peer',
    toggles: {},
    versions: { ...runtime, ...peer.versions },
    endpoints: manifest.endpoints,
    fresh: true,
    async unavailable() {
      const missing = await missingFor(peer)
      return missing === undefined ? undefined : `${id} cannot run here: ${missing}`
    },
    async prepare(progress, signal) {
      await installPeer(peer, level, progress, signal)
    },
    installSize: () => peerInstallSize(peer, level),
    start: (site) =>
      startOnFreePort({
        ...parts,
        id,
        readyPath: `/${manifest.endpoints[0]}`,
        spawn: (port) =>
          site.supervisor.spawn({
            name: `contender-${id.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-/, '')}`,
            ...resolveTool(chosen.start, folder),
            cwd: folder,
            env: {
              ...chosen.env,
              ...environmentOf(site, { port }),
              ...site.preload?.(chosen.env?.['NODE_OPTIONS']),
            },
            ...(site.cores === undefined ? {} : { cores: site.cores }),
          }),
      }),
  }
}
