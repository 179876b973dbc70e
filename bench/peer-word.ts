/** What a word of the command line means as a peer: `gin`, `gin:tuned`, `./my-app` or `./my-app:default`. */
import { GapwiseError } from '../src/errors.ts'
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

/** What a peer stands for that is written without a level, where it has either; its other levels are named. */
export const mainLevels: readonly string[] = ['default', 'tuned']

/**
 * The levels that a peer without level stands for where contenders are named.
 * @throws GapwiseError `usage` NO_MAIN_LEVEL
 */
export function mainLevelsOf({ id, manifest }: Peer): string[] {
  const names = Object.keys(manifest.levels)
  const found = mainLevels.filter((level) => names.includes(level))
  if (found.length > 0) return found
  throw new GapwiseError(
    'usage',
    'NO_MAIN_LEVEL',
    `The peer "${id}" without a level stands for its levels default and tuned, and it has neither. Name a level: ${names.map((level) => `${id}:${level}`).join(', ')}.`,
  )
}

/**
 * The levels that a word stands for.
 * @param unnamed the levels that a word without one stands for; all when absent
 * @throws GapwiseError `usage` UNKNOWN_PEER, PEER_MANIFEST, UNKNOWN_LEVEL; what `unnamed` throws
 */
export async function peersFrom(
  word: string,
  unnamed: (peer: Peer) => readonly string[] = ({ manifest }) => Object.keys(manifest.levels),
): Promise<PeerAtLevel[]> {
  const { name, level } = partsOf(word)
  const peer = await loadPeer(name)
  if (level === undefined) return unnamed(peer).map((each) => ({ peer, level: each }))
  peerLevel(peer, level)
  return [{ peer, level }]
}
