/** Whether a level of a peer can be measured here and now, and what to do where it cannot. */
import { isPeerInstalled } from './install-peer.ts'
import type { Peer, PeerRequirement } from './peer.ts'
import { unmetRequirement } from './toolchain.ts'

/** Looks for one program; a sentence with the cure when it is not there. */
export type RequirementCheck = (
  requirement: PeerRequirement,
  folder: string,
) => Promise<string | undefined>

/** `cure` says what to do: a command for what is not installed, sentences for programs that are missing. */
export type Readiness =
  | { readonly state: 'ready'; readonly cure: null }
  | { readonly state: 'not installed' | 'missing'; readonly cure: string }

/** A check that looks for each program once, however many peers need it. */
export function checkOnce(check: RequirementCheck = unmetRequirement): RequirementCheck {
  const answers = new Map<string, Promise<string | undefined>>()
  return (requirement, folder) => {
    // A path is meant from the peer's folder, so it is another program in each.
    const place = requirement.command.includes('/') ? folder : ''
    const key = JSON.stringify([requirement, place])
    const answer = answers.get(key) ?? check(requirement, folder)
    answers.set(key, answer)
    return answer
  }
}

/** What a peer needs and this machine lacks, with the cures; undefined where it lacks nothing. */
export async function missingFor(
  { manifest, folder }: Pick<Peer, 'manifest' | 'folder'>,
  check: RequirementCheck = unmetRequirement,
): Promise<string | undefined> {
  const unmet = await Promise.all(manifest.requires.map((each) => check(each, folder)))
  const told = unmet.filter((each) => each !== undefined)
  return told.length === 0 ? undefined : told.join(' ')
}

/** @throws GapwiseError `usage` UNKNOWN_LEVEL, or PEER_MANIFEST for an input that is not there */
export async function readinessOf(
  peer: Peer,
  level: string,
  check?: RequirementCheck,
): Promise<Readiness> {
  const missing = await missingFor(peer, check)
  if (missing !== undefined) return { state: 'missing', cure: missing }
  if (await isPeerInstalled(peer, level)) return { state: 'ready', cure: null }
  return { state: 'not installed', cure: `npm run gapwise -- peers install ${peer.id}` }
}
