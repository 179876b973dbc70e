/** Collects what is known of every toggle from its file, its neighbours, the shipped profiles, the published results and its recipe. */
import { takes } from '../../src/profile/options.ts'
import { profileNames } from '../../src/profile/read.ts'
import { loadToggle, resolveProfile, toggleNames } from '../../src/profile/resolve.ts'
import type { ResolvedProfile } from '../../src/profile.ts'
import { claimsOf } from '../../src/compose.ts'
import type { Toggle } from '../../src/toggle.ts'
import { Value } from '@sinclair/typebox/value'
import type { Exclusion, Measured, OptionFacts, Placement, ToggleFacts } from '../catalogue.ts'
import { toggleExpectations } from '../expectations.ts'
import { measuredByToggle, publishedResults } from './measured.ts'
import { readRecipe } from './recipe.ts'

const optionsOf = ({ options }: Toggle): OptionFacts[] =>
  Object.entries(options.properties).map(([name, schema]) => ({
    name,
    takes: takes(schema),
    default: schema.default,
    description: schema.description ?? '',
  }))

/** The places that a toggle claims with its default options. */
const placesOf = (toggle: Toggle): string[] =>
  claimsOf(toggle.fill(Value.Default(toggle.options, {}) as never))

function exclusion(toggle: Toggle, other: Toggle): Exclusion | undefined {
  const declared = toggle.excludes?.[other.name] ?? other.excludes?.[toggle.name]
  if (declared !== undefined) return { toggle: other.name, reason: declared }
  // One that has no effect beside the other fills nothing.
  if (toggle.subsumes?.includes(other.name) || other.subsumes?.includes(toggle.name))
    return undefined
  const others = placesOf(other)
  const both = placesOf(toggle).find((place) => others.includes(place))
  return both === undefined
    ? undefined
    : { toggle: other.name, reason: `both fill the slot ${both}` }
}

const placementsOf = (name: string, profiles: readonly ResolvedProfile[]): Placement[] =>
  profiles.flatMap((profile) =>
    profile.toggles
      .filter(({ toggle }) => toggle.name === name)
      .map(({ options, subsumedBy }) => ({
        profile: profile.name,
        options,
        subsumedBy: subsumedBy ?? null,
      })),
  )

function factsOf(
  toggle: Toggle,
  all: readonly Toggle[],
  profiles: readonly ResolvedProfile[],
  measured: readonly Measured[],
): ToggleFacts {
  const others = all.filter((each) => each !== toggle)
  return {
    name: toggle.name,
    summary: toggle.summary,
    family: toggle.family,
    anti: toggle.anti ?? false,
    options: optionsOf(toggle),
    tradeoff: toggle.tradeoff,
    counterpart: toggle.counterpart ?? null,
    docs: toggle.docs,
    requires: toggle.requires ?? [],
    excludes: others.flatMap((other) => exclusion(toggle, other) ?? []),
    subsumes: toggle.subsumes ?? [],
    subsumedBy: others
      .filter(({ subsumes }) => subsumes?.includes(toggle.name))
      .map(({ name }) => name),
    profiles: placementsOf(toggle.name, profiles),
    expectation: toggleExpectations[toggle.name] ?? null,
    measured,
    recipe: readRecipe(toggle.name),
  }
}

/** Every toggle, sorted by name. */
export async function toggleCatalogue(): Promise<ToggleFacts[]> {
  const [toggles, profiles, results] = await Promise.all([
    Promise.all(toggleNames().map((name) => loadToggle(name, 'catalogue'))),
    Promise.all(profileNames().map((name) => resolveProfile(name))),
    publishedResults(),
  ])
  const measured = measuredByToggle(results)
  return toggles.map((toggle) =>
    factsOf(toggle, toggles, profiles, measured.get(toggle.name) ?? []),
  )
}
