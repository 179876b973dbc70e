/** Resolves a profile: follows `extends`, applies bends, fills in options and checks that the toggles can live together. */
import { GapwiseError } from '../errors.ts'
import type { ActiveToggle, ResolvedProfile } from '../profile.ts'
import { loadMember, memberNames } from '../registry.ts'
import { suggest } from '../suggest.ts'
import type { Toggle } from '../toggle.ts'
import { compose, type NamedFillings } from '../compose.ts'
import { quickStart } from '../quick-start.ts'
import type { Composition } from '../slot.ts'
import { fileOf, fillOptions, type Setting } from './options.ts'
import { readProfile } from './read.ts'
import { parseSpec } from './spec.ts'

const togglesFolder = new URL('../toggles/', import.meta.url)

/** Names of all toggles. */
export const toggleNames = (): string[] => memberNames(togglesFolder)

/**
 * Imports one toggle.
 * @param where what to name in the error: a file and key, or the command line
 * @throws GapwiseError usage UNKNOWN_TOGGLE
 */
export async function loadToggle(name: string, where: string): Promise<Toggle> {
  checkToggleName(name, where)
  return loadMember<Toggle>(togglesFolder, name)
}

function checkToggleName(name: string, where: string): void {
  const known = toggleNames()
  if (known.includes(name)) return
  throw new GapwiseError(
    'usage',
    'UNKNOWN_TOGGLE',
    `${where}: there is no toggle "${name}". ${suggest(name, known)}`,
  )
}

/** Settings by toggle along the chain of `extends`, the child's replacing the parent's whole. */
function inheritedSettings(
  name: string,
  folder: URL | undefined,
  chain: readonly string[],
): Map<string, Setting> {
  if (chain.includes(name)) {
    throw new GapwiseError(
      'usage',
      'EXTENDS_CYCLE',
      `${fileOf(chain.at(-1) ?? name)}: /extends: profiles extend one another in a circle: ${[...chain, name].join(' → ')}. Remove one "extends".`,
    )
  }
  const file = readProfile(name, folder)
  const settings =
    file.extends === undefined
      ? new Map<string, Setting>()
      : inheritedSettings(file.extends, folder, [...chain, name])
  for (const [toggle, value] of Object.entries(file.toggles))
    settings.set(toggle, { value, origin: name })
  return settings
}

function checkNeighbours(active: readonly ActiveToggle[]): void {
  const on = new Set(active.map(({ toggle }) => toggle.name))
  for (const { toggle } of active) {
    for (const [other, reason] of Object.entries(toggle.excludes ?? {})) {
      if (on.has(other)) {
        throw new GapwiseError(
          'usage',
          'TOGGLE_CLASH',
          `"${toggle.name}" and "${other}" cannot both be on: ${reason}. Switch one off, e.g. with ~${other}.`,
        )
      }
    }
    for (const { toggle: needed, when, because } of toggle.requires ?? []) {
      if ((when === undefined || on.has(when)) && !on.has(needed)) {
        throw new GapwiseError(
          'usage',
          'TOGGLE_NEEDS',
          `"${toggle.name}" needs "${needed}"${when === undefined ? '' : ` beside "${when}"`}, because ${because}. Add +${needed}.`,
        )
      }
    }
  }
}

const byName = ([a]: [string, Setting], [b]: [string, Setting]): number => (a < b ? -1 : 1)

/**
 * A pool's size is a total: fewer connections than workers cannot be divided without exceeding it.
 * The quick start's ten is nobody's wish, so there each worker simply gets one at least.
 */
function checkPool({ launch: { workers }, connections }: Composition, spec: string): void {
  const { max, hold } = connections
  if (hold === 'per-request' || max >= workers || max === quickStart.connections.max) return
  throw new GapwiseError(
    'usage',
    'POOL_TOO_SMALL',
    `"${spec}": ${workers} workers cannot share ${max} database connections, since each needs one. ` +
      `Add +database-pool={"max":${workers}}, or use fewer workers.`,
  )
}

/** What each toggle that has an effect puts into slots. */
export const fillingsOf = (profile: ResolvedProfile): NamedFillings[] =>
  profile.toggles
    .filter(({ subsumedBy }) => subsumedBy === undefined)
    .map(({ toggle, options }) => ({ toggle: toggle.name, fillings: toggle.fill(options) }))

/**
 * Resolves a profile as written on the command line. Toggles that are off are not imported.
 * @param spec `tuned`, `baseline+workers`, `tuned~postgres-js`
 * @param folder where profiles are; the shipped ones when absent
 * @throws GapwiseError usage with a code for each way to be wrong
 */
export async function resolveProfile(spec: string, folder?: URL): Promise<ResolvedProfile> {
  const { profile, bends } = parseSpec(spec)
  const settings = inheritedSettings(profile, folder, [])
  for (const { toggle, setting } of bends)
    settings.set(toggle, { value: setting, origin: 'command line' })

  const active: ActiveToggle[] = []
  for (const [name, setting] of [...settings].toSorted(byName)) {
    const where =
      setting.origin === 'command line' ? `"${spec}"` : `${fileOf(setting.origin)}: /toggles`
    checkToggleName(name, where)
    if (setting.value === false) continue
    const toggle = await loadToggle(name, where)
    active.push({ toggle, options: fillOptions(toggle, setting), origin: setting.origin })
  }
  checkNeighbours(active)

  const resolved: ResolvedProfile = {
    name: spec,
    description: readProfile(profile, folder).description,
    toggles: active.map((entry) => {
      const by = active.find(({ toggle }) => toggle.subsumes?.includes(entry.toggle.name))
      return by === undefined ? entry : { ...entry, subsumedBy: by.toggle.name }
    }),
  }
  checkPool(compose(quickStart, fillingsOf(resolved)), spec)
  return resolved
}
