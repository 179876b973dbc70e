/** Turns what the user wrote into contenders: a profile, a peer with level, a folder, or a URL. */
import { resolveProfile } from '../../src/profile/resolve.ts'
import { profileNames } from '../../src/profile/read.ts'
import { isProfileFile } from '../../src/profile/spec.ts'
import { GapwiseError } from '../../src/errors.ts'
import { suggest } from '../../src/suggest.ts'
import type { Contender } from '../contender.ts'
import { peerNames } from '../peer.ts'
import { mainLevelsOf, namesPeer, peersFrom } from '../peer-word.ts'
import { peerContender } from './peer.ts'
import { profileContender } from './profile.ts'
import { urlContender } from './url.ts'
import { workloadNames } from '../workloads/by-name.ts'

const unknown = (word: string, hint: string): GapwiseError =>
  new GapwiseError(
    'usage',
    'UNKNOWN_CONTENDER',
    `"${word}" is no profile, peer, folder or URL. ${hint}`,
  )

/** What to write instead of a word that was meant well, where that can be told. */
function hintFor(word: string): string | undefined {
  if (/^[\w.-]+:\d+(\/|$)/.test(word)) return `Write a server as http://${word}.`
  if (workloadNames().includes(word)) return `It is a workload: write --workload ${word}.`
  const [, profile = '', level] = /^([^:+~]+):([a-z][a-z0-9-]*)$/.exec(word) ?? []
  return level !== undefined && profileNames().includes(profile)
    ? `${profile} is a profile, and only peers have levels: write ${profile}.`
    : undefined
}

/** The contenders behind one word of the command line. */
async function parseOne(word: string): Promise<Contender[]> {
  if (/^[a-z]+:\/\//i.test(word)) return [await urlContender(word)]
  // Before folders, because the options of a bent profile may hold a "/".
  const [profile = ''] = /^[^+~:]*/.exec(word) ?? []
  const isProfile = profileNames().includes(profile) || isProfileFile(profile)
  if (isProfile && word[profile.length] !== ':')
    return [profileContender(await resolveProfile(word))]

  const hint = hintFor(word)
  if (hint !== undefined) throw unknown(word, hint)
  if (namesPeer(word))
    return (await peersFrom(word, mainLevelsOf)).map(({ peer, level }) =>
      peerContender(peer, level),
    )
  throw unknown(word, suggest(profile, [...profileNames(), ...peerNames()]))
}

/**
 * All contenders of a command, in the order written. One that is named twice gets `#2` and so on:
 * measuring a server against itself shows what the machine's noise alone does.
 * @throws GapwiseError usage or environment for what cannot be a contender
 */
export async function parseContenders(words: readonly string[]): Promise<Contender[]> {
  const seen = new Map<string, number>()
  const contenders: Contender[] = []
  for (const word of words) {
    for (const contender of await parseOne(word)) {
      const count = (seen.get(contender.id) ?? 0) + 1
      seen.set(contender.id, count)
      contenders.push(count === 1 ? contender : { ...contender, id: `${contender.id}#${count}` })
    }
  }
  return contenders
}
