/** The contenders of a run with the peers that `--against` names: those are measured too. */
import { GapwiseError } from '../../src/errors.ts'
import type { Contender } from '../contender.ts'
import { parseContenders } from './parse.ts'

/** What is measured, and what gaps are told to. */
export interface AgainstPeers {
  /** Those named as contenders, then the peers that were not among them. */
  readonly contenders: readonly Contender[]
  /** Ids of the peers, in the order written; none without `--against`. */
  readonly against: readonly string[]
}

const usage = (code: string, message: string): GapwiseError =>
  new GapwiseError('usage', code, message)

const kinds = { profile: 'a profile', url: 'a URL' } as const

function assertPeer({ id, kind }: Contender): void {
  if (kind === 'peer') return
  throw usage(
    'NOT_A_PEER',
    `--against takes peers such as gin:tuned, or folders with a peer.json, and ${id} is ${kinds[kind]}: name it as a contender instead.`,
  )
}

/**
 * Turns both lists of words into contenders.
 * @param words contenders as written; the first is the base
 * @param peerWords peers as written behind `--against`
 * @throws GapwiseError `usage` NOT_A_PEER, AGAINST_BASE, AGAINST_ALONE, and what `parseContenders` throws
 */
export async function parseAgainst(
  words: readonly string[],
  peerWords: readonly string[],
): Promise<AgainstPeers> {
  const contenders = await parseContenders(words)
  const named = await Promise.all(peerWords.map((word) => parseContenders([word])))
  // A bare name and one of its levels may both be written.
  const peers = new Map(named.flat().map((peer) => [peer.id, peer]))
  const [base] = contenders
  if (base === undefined || peers.size === 0) return { contenders, against: [] }
  for (const peer of peers.values()) assertPeer(peer)
  const against = [...peers.keys()]
  const list = against.join(', ')
  if (peers.has(base.id))
    throw usage(
      'AGAINST_BASE',
      `--against names ${base.id}, which is the base that every gap begins at: name another contender first, such as baseline.`,
    )
  if (contenders.every(({ id }) => id === base.id || peers.has(id)))
    throw usage(
      'AGAINST_ALONE',
      `--against tells how much of the gap from ${base.id} to ${list} the other contenders close, and there is no other: name one, such as tuned.`,
    )
  const ids = new Set(contenders.map(({ id }) => id))
  return {
    contenders: [...contenders, ...[...peers.values()].filter(({ id }) => !ids.has(id))],
    against,
  }
}
