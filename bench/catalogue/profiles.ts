/** What is on in a profile, and which profile of the chain, or the command line, decided it. */
import { readProfile } from '../../src/profile/read.ts'
import { resolveProfile } from '../../src/profile/resolve.ts'
import { parseSpec } from '../../src/profile/spec.ts'
import type { ProfileFacts, SettingFacts } from '../catalogue.ts'

/** A profile's name and what it sets, nearest first. */
interface Link {
  readonly name: string
  readonly toggles: Readonly<Record<string, unknown>>
}

function chainOf(name: string): Link[] {
  const { extends: parent, toggles } = readProfile(name)
  return [{ name, toggles }, ...(parent === undefined ? [] : chainOf(parent))]
}

/**
 * A profile as written on the command line.
 * @throws what resolveProfile throws
 */
export async function profileFacts(spec: string): Promise<ProfileFacts> {
  const resolved = await resolveProfile(spec)
  const { profile, bends } = parseSpec(spec)
  const chain = chainOf(profile)
  const bent: Link = {
    name: 'command line',
    toggles: Object.fromEntries(bends.map(({ toggle, setting }) => [toggle, setting])),
  }
  const settings = new Map<string, SettingFacts>()
  for (const { name, toggles } of [...chain.toReversed(), bent])
    for (const toggle of Object.keys(toggles))
      settings.set(toggle, { toggle, options: null, origin: name, subsumedBy: null })
  for (const { toggle, options, origin, subsumedBy } of resolved.toggles)
    settings.set(toggle.name, {
      toggle: toggle.name,
      options,
      origin,
      subsumedBy: subsumedBy ?? null,
    })
  return {
    name: spec,
    description: resolved.description,
    chain: chain.map(({ name }) => name),
    toggles: [...settings.values()].toSorted((a, b) => (a.toggle < b.toggle ? -1 : 1)),
  }
}
