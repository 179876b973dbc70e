/** `gapwise peers install [NAME…]`: makes what peers need before their first start, and goes on where one cannot. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import type { InstallOutcome } from '../catalogue.ts'
import { installPeer } from '../install-peer.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { peerNames } from '../peer.ts'
import { checkOnce, missingFor, type RequirementCheck } from '../peer-readiness.ts'
import { type PeerAtLevel, peersFrom } from '../peer-word.ts'
import { createProgress } from '../progress.ts'
import { renderOutcomes } from '../report/peer-text.ts'
import type { TellOptions } from './toggles.ts'

const idOf = ({ peer, level }: PeerAtLevel): string => `${peer.id}:${level}`

async function outcomeOf(
  { peer, level }: PeerAtLevel,
  check: RequirementCheck,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<Omit<InstallOutcome, 'contender'>> {
  const missing = await missingFor(peer, check)
  if (missing !== undefined) return { state: 'cannot', why: missing }
  try {
    const isNew = await installPeer(peer, level, tell, signal)
    return { state: isNew ? 'installed' : 'already there', why: null }
  } catch (error) {
    if (!(error instanceof GapwiseError && error.failure === 'environment')) throw error
    tell(error.message)
    return { state: 'failed', why: error.message }
  }
}

/** @throws GapwiseError `environment` PEERS_NOT_READY: of all peers only what failed counts, of named ones also what cannot */
function assertReady(outcomes: readonly InstallOutcome[], areNamed: boolean): void {
  const unready = outcomes.filter(
    ({ state }) => state === 'failed' || (areNamed && state === 'cannot'),
  )
  if (unready.length === 0) return
  throw new GapwiseError(
    'environment',
    'PEERS_NOT_READY',
    `${unready.map(({ contender }) => contender).join(', ')} cannot be measured yet: do what the lines above say, then repeat the command.`,
  )
}

/**
 * Installs peers one after the other and prints what came of each; returns the exit code.
 * @param words peers, with or without level, or folders; all that come with gapwise when empty
 * @throws GapwiseError `usage` UNKNOWN_PEER, UNKNOWN_LEVEL or PEER_MANIFEST; `environment` PEERS_NOT_READY
 */
export async function installPeers(
  words: readonly string[],
  { json }: TellOptions,
  io: Io,
): Promise<number> {
  const asked = await Promise.all(
    (words.length === 0 ? peerNames() : words).map((word) => peersFrom(word)),
  )
  const wanted = new Map(asked.flat().map((each) => [idOf(each), each]))
  const { note } = createProgress(io)
  const check = checkOnce()
  const outcomes: InstallOutcome[] = []
  for (const [contender, each] of wanted) {
    if (io.signal.aborted) break
    try {
      outcomes.push({ contender, ...(await outcomeOf(each, check, note, io.signal)) })
    } catch (error) {
      // What was cut off is named below with what was not begun.
      if (!io.signal.aborted) throw error
    }
  }
  if (outcomes.length > 0)
    io.out(json ? `${JSON.stringify(outcomes, null, 2)}\n` : renderOutcomes(outcomes))
  if (io.signal.aborted) {
    const done = new Set(outcomes.map(({ contender }) => contender))
    const left = [...wanted.keys()].filter((id) => !done.has(id))
    io.err(`Interrupted: ${left.join(', ')} not installed. Repeat the command for them.\n`)
    return interruptedCode(io.signal)
  }
  assertReady(outcomes, words.length > 0)
  return exitCodes.ok
}
