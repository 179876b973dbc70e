/** `gapwise peers [NAME]`: the reference apps in other frameworks and whether they can be measured here, or the page of one. */
import { exitCodes } from '../../src/errors.ts'
import { peerFacts } from '../catalogue/peers.ts'
import type { Io } from '../io.ts'
import { listPeers, loadPeer } from '../peer.ts'
import { checkOnce } from '../peer-readiness.ts'
import { renderPeerList, renderPeerPage } from '../report/peer-text.ts'
import type { TellOptions } from './toggles.ts'

/**
 * Prints the peers; returns the exit code, which says nothing of whether they are ready.
 * @param name a peer, or a folder with a peer.json
 * @throws GapwiseError `usage` UNKNOWN_PEER or PEER_MANIFEST
 */
export async function peers(
  name: string | undefined,
  { json }: TellOptions,
  io: Io,
): Promise<number> {
  const check = checkOnce()
  if (name === undefined) {
    const all = await Promise.all((await listPeers()).map((peer) => peerFacts(peer, check)))
    io.out(json ? `${JSON.stringify(all, null, 2)}\n` : renderPeerList(all))
  } else {
    const one = await peerFacts(await loadPeer(name), check)
    io.out(json ? `${JSON.stringify(one, null, 2)}\n` : renderPeerPage(one))
  }
  return exitCodes.ok
}
