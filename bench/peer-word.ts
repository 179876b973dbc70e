/** What a word of the command line means as a peer: `gin`, `gin:tuned`, `./my-app` or `./my-app:default`. */
import { loadPeer, type Peer, peerLevel, peerNames } from './peer.ts'

/** One level of one peer, both of which exist. */
export interface PeerAtLevel {
  readonly peer: Peer
  readonly level: string
}

interface Parts {
  readonly name: string
  readonly level: string | undefined
}

const partsOf = (word: string): Parts => {
  const [, name = word, level] = /^(.+?)(?::([a-z][a-z0-9-]*))?$/.exec(word) ?? []
  return { name, level }
}

/** Whether a word can mean nothing but a peer: a folder, or the name of a peer that comes with gapwise. */
export const namesPeer = (word: string): boolean => {
  const { name } = partsOf(word)
  return name.includes('/') || peerNames().includes(name)
}

/**
 * The levels that a word stands for: all of a peer's where it names none.
 * @throws GapwiseError `usage` UNKNOWN_PEER, PEER_MANIFEST, UNKNOWN_LEVEL
 */
export async function peersFrom(word: string): Promise<PeerAtLevel[]> {
  const { name, level } = partsOf(word)
  const peer = await loadPeer(name)
  if (level === undefined)
    return Object.keys(peer.manifest.levels).map((each) => ({ peer, level: each }))
  peerLevel(peer, level)
  return [{ peer, level }]
}
